/**
 * Parsing at the border: stored rows and answers come in as `unknown` and leave as a type, or a ParseError.
 * Below every layer; imports nothing. Members that a parser does not name are dropped, never refused.
 */

export class ParseError extends Error {
  override name = "ParseError";
}

export type Parser<T> = (value: unknown, at?: string) => T;
type Shape = Record<string, Parser<unknown>>;
type Shaped<S extends Shape> = { [K in keyof S]: ReturnType<S[K]> };

function refuse(at: string, wanted: string): never {
  throw new ParseError(`${at || "value"}: ${wanted} expected`);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const unknown: Parser<unknown> = (value) => value;

export const text: Parser<string> = (value, at = "") =>
  typeof value === "string" ? value : refuse(at, "a string");

export const number: Parser<number> = (value, at = "") =>
  typeof value === "number" && Number.isFinite(value) ? value : refuse(at, "a number");

export const flag: Parser<boolean> = (value, at = "") =>
  typeof value === "boolean" ? value : refuse(at, "true or false");

/** Null and absent are the same thing at the border. */
export const maybe =
  <T>(inner: Parser<T>): Parser<T | null> =>
  (value, at = "") =>
    value === null || value === undefined ? null : inner(value, at);

/** `fallback` for null, absent, or anything that `inner` refuses. */
export const or =
  <T>(inner: Parser<T>, fallback: T): Parser<T> =>
  (value, at = "") => {
    try {
      return value === null || value === undefined ? fallback : inner(value, at);
    } catch {
      return fallback;
    }
  };

export const oneOf =
  <const T extends string>(...words: readonly T[]): Parser<T> =>
  (value, at = "") =>
    words.find((word) => word === value) ?? refuse(at, words.join("|"));

export const list =
  <T>(inner: Parser<T>): Parser<T[]> =>
  (value, at = "") =>
    Array.isArray(value) ? value.map((item, n) => inner(item, `${at}/${n}`)) : refuse(at, "a list");

/** Items that `inner` refuses are left out: one strange row never hides the others. */
export const listOfGood =
  <T>(inner: Parser<T>): Parser<T[]> =>
  (value, at = "") => {
    if (!Array.isArray(value)) return refuse(at, "a list");
    return value.flatMap((item) => {
      try {
        return [inner(item, at)];
      } catch {
        return [];
      }
    });
  };

export const object = <S extends Shape>(shape: S): Parser<Shaped<S>> => {
  // Once for each shape: thousands of rows go through here while a phone starts.
  const members = Object.entries(shape);
  return (value, at = "") => {
    if (!isObject(value)) return refuse(at, "an object");
    const out: Record<string, unknown> = {};
    for (const [key, inner] of members) out[key] = inner(value[key], `${at}/${key}`);
    return isShaped<S>(out, members.length) ? out : refuse(at, "an object");
  };
};

/** Values by name, whatever the names are. */
export const dictionary =
  <T>(inner: Parser<T>): Parser<Record<string, T>> =>
  (value, at = "") =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one, `${at}/${name}`)]))
      : refuse(at, "an object");

function isShaped<S extends Shape>(out: Record<string, unknown>, members: number): out is Shaped<S> {
  return Object.keys(out).length === members;
}

/** Null instead of a ParseError. */
export function attempt<T>(parser: Parser<T>, value: unknown): T | null {
  try {
    return parser(value);
  } catch {
    return null;
  }
}

/**
 * How words are looked up. A dictionary is a plain object; Swedish is its type, so that a missing or
 * misspelt key or parameter in English does not compile. Parts that load later (the desk) make their
 * own `part` from their own two files, and their words stay in their own chunk.
 */
import { signal } from "@preact/signals";

export type Language = "sv" | "en";

/** Read by every `t`, so a screen redraws itself when it changes. */
export const language = signal<Language>("sv");

export interface Plural {
  readonly one: string;
  readonly other: string;
}
export type Message = string | Plural;
export type Dictionary = Readonly<Record<string, Message>>;

/** English must have every Swedish key, and a plural where Swedish has one. */
export type Translation<D> = { readonly [K in keyof D]: D[K] extends string ? string : Plural };

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<M> = M extends string
  ? Names<M>
  : M extends { one: infer One; other: infer Other }
    ? Names<One> | Names<Other> | "n"
    : never;
type Params<M> = Readonly<Record<NamesOf<M>, string | number>>;
type Args<M> = [NamesOf<M>] extends [never] ? [] : [params: Params<M>];

export type Translate<D> = <K extends keyof D & string>(key: K, ...args: Args<D[K]>) => string;

const RULES: Record<Language, Intl.PluralRules> = {
  sv: new Intl.PluralRules("sv"),
  en: new Intl.PluralRules("en"),
};

function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

function choose(message: Message, lang: Language, params: Readonly<Record<string, string | number>>) {
  if (typeof message === "string") return message;
  return RULES[lang].select(Number(params.n)) === "one" ? message.one : message.other;
}

/** @param english answers null while its file is not loaded: Swedish is shown meanwhile. */
export function part<D extends Dictionary>(sv: D, english: () => Translation<D> | null): Translate<D> {
  return (key, ...args) => {
    const en = language.value === "en" ? english() : null;
    const params: Readonly<Record<string, string | number>> = args[0] ?? {};
    const message: Message = (en ?? sv)[key];
    return fill(choose(message, en ? "en" : "sv", params), params);
  };
}

/** The name of a vocabulary item in the reader's language; vocabularies are data, not dictionary. */
export function named(item: { readonly sv: string; readonly en: string }): string {
  return language.value === "en" ? item.en : item.sv;
}

import { useRef, useState } from "preact/hooks";

export interface Mine<T extends string> {
  /** What the field shows: what was typed, else what is saved. */
  value(name: T): string;
  /** What somebody else has made of a field since it was begun here. */
  theirs(): Partial<Record<T, string>>;
  set(name: T, value: string): void;
  /** Fields whose words are not those that are saved. */
  changed(): Partial<Record<T, string>>;
  clear(): void;
}

/** Typed fields over saved ones: an answer that comes meanwhile never touches what is being typed. */
export function useMine<T extends string>(saved: Readonly<Record<T, string>>): Mine<T> {
  const [typed, setTyped] = useState<Partial<Record<T, string>>>({});
  /** What each field said when it was first touched. */
  const before = useRef<Partial<Record<T, string>>>({});
  const names = Object.keys(typed) as T[];
  return {
    value: (name) => typed[name] ?? saved[name],
    theirs: () =>
      Object.fromEntries(
        names
          .filter((name) => saved[name] !== before.current[name] && saved[name] !== typed[name])
          .map((name) => [name, saved[name]]),
      ) as Partial<Record<T, string>>,
    set: (name, value) => {
      before.current[name] ??= saved[name];
      setTyped((now) => ({ ...now, [name]: value }));
    },
    changed: () =>
      Object.fromEntries(
        names.filter((name) => typed[name] !== saved[name]).map((name) => [name, typed[name]]),
      ) as Partial<Record<T, string>>,
    clear: () => {
      before.current = {};
      setTyped({});
    },
  };
}

/**
 * A form over something that others may be changing too. What one types is never touched; what one has not
 * touched follows what is there; and what somebody else changed is told beside what one types.
 */
import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { isObject } from "../parse";
import { useIsHere } from "../ui/useIsHere";

/** `version` null: there is none yet. */
export interface Held<T> {
  version: number | null;
  value: T;
}

/** Why it was not saved; `changed`: somebody was here first, and is shown. */
export type Trouble =
  | ""
  | "offline"
  | "failed"
  | "changed"
  | "invalid"
  | "last-admin"
  | "taken"
  | "forbidden";

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) return "failed";
  if (error.kind !== "problem") return "offline";
  if (error.code === "changed" || error.code === "last-admin") return error.code;
  if (error.status === 403 || error.status === 401) return "forbidden";
  if (error.status !== 422) return "failed";
  return error.problem?.errors.some(({ code }) => code === "taken") ? "taken" : "invalid";
}

export interface Editing<T> {
  value: T;
  change: (part: Partial<T>) => void;
  /** What somebody else wrote where one writes oneself; undefined: nothing. */
  theirs: <K extends keyof T>(member: K) => T[K] | undefined;
  /** Somebody else changed this while it was open, whether one touches it or not. */
  isChangedByOthers: boolean;
  isTouched: boolean;
  isBusy: boolean;
  trouble: Trouble;
  /** Members that the server could not take. */
  wrong: readonly string[];
  /** Why, as the server's codes say it. */
  codes: readonly string[];
  /** True once it is stored, unless the form has been closed meanwhile. Based on what is shown now. */
  save: (act: (said: T, based_on: number | null) => Promise<unknown>) => Promise<boolean>;
}

/** @param current reads the 409's `current`; null: gone, or not readable. */
export function useEdit<T extends object>(
  now: Held<T>,
  current: (body: unknown) => Held<T> | null,
): Editing<T> {
  const [opened] = useState(now);
  const [touched, setTouched] = useState<Partial<T>>({});
  const [told, setTold] = useState<Held<T> | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>("");
  const [wrong, setWrong] = useState<string[]>([]);
  const [codes, setCodes] = useState<string[]>([]);
  const isHere = useIsHere();
  const newest = told !== null && (told.version ?? 0) > (now.version ?? 0) ? told : now;
  const value: T = { ...newest.value, ...touched };
  const isTheirs = (member: keyof T) => !same(newest.value[member], opened.value[member]);
  const theirs = <K extends keyof T>(member: K): T[K] | undefined =>
    member in touched && isTheirs(member) && !same(touched[member], newest.value[member])
      ? newest.value[member]
      : undefined;
  const save: Editing<T>["save"] = async (act) => {
    setBusy(true);
    setWrong([]);
    setCodes([]);
    try {
      await act(value, newest.version);
      setTrouble("");
      return isHere.current;
    } catch (error) {
      const why = troubleOf(error);
      setTrouble(why);
      if (error instanceof ApiError) {
        setWrong((error.problem?.errors ?? []).map(({ pointer }) => pointer.slice(1)));
        setCodes((error.problem?.errors ?? []).map(({ code }) => code));
        const there = why === "changed" && isObject(error.body) ? current(error.body.current) : null;
        if (there) setTold(there);
      }
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    value,
    change: (part) => setTouched({ ...touched, ...part }),
    theirs,
    isChangedByOthers: newest.version !== opened.version,
    isTouched: Object.keys(touched).length > 0,
    isBusy,
    trouble,
    wrong,
    codes,
    save,
  };
}

/** How a ladder is said. */
import { list } from "../text";
import { tx } from "../text/ladder";
import type { LadderStep, Ladders } from "./answers";
import type { LadderSaid } from "./ask";
import { clockAfter, isGroup, isWay, type Reach, stepClock, WAYS } from "./ladder";
import type { MemberWords } from "./words";

export function kindWord(kind: string): string {
  if (kind === "overdue") return tx("kind_overdue");
  return tx(kind === "help" ? "kind_help" : "kind_other");
}

export type People = Ladders["people"];

export function whoWord(who: string, kind: string, people: People): string {
  if (isGroup(who)) return tx(who !== "host" ? who : kind === "overdue" ? "host_overdue" : "host_help");
  const found = people.find(({ id }) => id === who);
  if (found) return found.name;
  return who.startsWith("@") ? tx("gone", { name: who }) : tx("gone_person");
}

export const whomWords = (whom: readonly string[], kind: string, people: People): string =>
  whom.length === 0 ? tx("nobody_chosen") : list(whom.map((who) => whoWord(who, kind, people)));

export const wayWord = (way: string): string => (isWay(way) ? tx(way) : way);
/** A way with the word that the server has no set-up for it, if so. */
export const wayNow = (way: string, channels: Ladders["channels"]): string =>
  isWay(way) && !channels[way] ? tx("way_off", { way: wayWord(way) }) : wayWord(way);

export const wayWords = (ways: readonly string[], channels?: Ladders["channels"]): string =>
  ways.length === 0
    ? tx("nobody_chosen")
    : list(ways.map((way) => (channels ? wayNow(way, channels) : wayWord(way))));

export interface Moment {
  /** Null: not known while a number is being typed. */
  time: string | null;
  words: string;
  /** The step that it is; null for the promise, and for an alarm that only the desk hears of. */
  step: LadderStep | null;
}

/** An evening by this ladder, in plain words. */
export function evening(said: LadderSaid, kind: string, people: People): Moment[] {
  const found: Moment[] = [];
  const alarm = clockAfter(kind === "overdue" ? said.grace_min : 0);
  if (kind === "overdue") found.push({ time: clockAfter(0), words: tx("promised"), step: null });
  if (said.steps[0]?.after_min !== 0) found.push({ time: alarm, words: tx("alarm"), step: null });
  for (const step of said.steps) {
    const whom = whomWords(step.whom, kind, people);
    const isFirst = step === said.steps[0] && step.after_min === 0;
    found.push({ time: stepClock(said, step), words: isFirst ? tx("alarm_whom", { whom }) : whom, step });
  }
  return found;
}

/** The same on one line. */
export const eveningLine = (said: LadderSaid, kind: string, people: People): string =>
  evening(said, kind, people)
    .map(({ time, words }) => `${time ?? "–"} ${words}`)
    .join(" · ");

export interface Warning {
  tone: "danger" | "note";
  words: string;
}

/** What keeps a step from reaching those it is meant for. */
export function warnings({ whom, via }: LadderStep, reach: Reach): Warning[] {
  const found: Warning[] = [];
  const note = (words: string) => found.push({ tone: "note", words });
  if (whom.length === 0) return found;
  if (reach.unknown > 0) note(tx("warn_unknown"));
  if (reach.all === 0) found.push({ tone: "danger", words: tx("warn_nobody") });
  else if (reach.none === reach.all) found.push({ tone: "danger", words: tx("warn_none") });
  else if (reach.none > 0) note(tx("warn_some", { n: reach.none, of: reach.all }));
  if (reach.isOff && via.length > 0) note(tx("warn_all_off"));
  else if (reach.other > 0) note(tx("warn_other", { n: reach.other, of: reach.all }));
  return found;
}

interface SaidStep {
  after_min?: unknown;
  whom?: string[];
  via?: string[];
}

/** What the history says of a ladder of this kind. */
export const ladderWords = (kind: string, people: People): MemberWords => ({
  active: {
    name: () => tx("history_state"),
    value: (said) => tx(said === false ? "history_default" : "history_own"),
  },
  grace_min: { name: () => tx("history_grace"), value: (said) => String(said) },
  repeat_min: { name: () => tx("history_repeat"), value: (said) => String(said) },
  steps: {
    name: () => tx("history_steps"),
    value: (said) =>
      (Array.isArray(said) ? (said as SaidStep[]) : [])
        .map(({ after_min, whom = [], via = [] }) =>
          tx(via.length < WAYS.length ? "history_step" : "history_step_all", {
            n: Number(after_min),
            whom: whomWords(whom, kind, people),
            ways: wayWords(via),
          }),
        )
        .join("; "),
  },
});

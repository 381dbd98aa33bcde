/** A ladder as the desk edits it: steps in order, the times of an evening, and whom each would reach. Pure. */
import type { LadderStep, Ladders } from "./answers";
import type { LadderSaid } from "./ask";

export const WAYS = ["push", "email", "sms"] as const;
export const GROUPS = ["host", "partner", "supervisors", "admins"] as const;
/** What the server takes: it has the last word, and says where. */
export const STEPS_MAX = 10;
export const WHOM_MAX = 10;
export const AFTER_MIN_MAX = 12 * 60;
export const GRACE_MIN_MAX = 120;
export const REPEAT_MIN_MAX = 4 * 60;
/** The evening of the example. */
export const PROMISED_MIN = 21 * 60 + 30;
const DAY_MIN = 24 * 60;
const GAP_MIN = 5;

type Group = (typeof GROUPS)[number];
type Way = (typeof WAYS)[number];
export const isGroup = (who: string): who is Group => GROUPS.some((one) => one === who);
export const isWay = (one: string): one is Way => WAYS.some((way) => way === one);

/** In one order, whatever was tapped first. */
const inOrder = (all: readonly string[], said: readonly string[]) => [
  ...all.filter((one) => said.includes(one)),
  ...said.filter((one) => !all.includes(one)),
];
export const whomInOrder = (said: readonly string[]) => inOrder(GROUPS, said);
export const waysInOrder = (said: readonly string[]) => inOrder(WAYS, said);

/** Trades places with its neighbour; the minutes belong to the place, so the order of times holds. */
export function moved(steps: readonly LadderStep[], at: number, by: -1 | 1): LadderStep[] {
  const [one, other] = [steps[at], steps[at + by]];
  if (one === undefined || other === undefined) return [...steps];
  return steps.map((step, n) => {
    if (n === at) return { ...other, after_min: one.after_min };
    return n === at + by ? { ...one, after_min: other.after_min } : step;
  });
}

export function added(steps: readonly LadderStep[]): LadderStep[] {
  const last = Math.max(-GAP_MIN, ...steps.map(({ after_min }) => after_min ?? 0));
  const after_min = Math.min(last + GAP_MIN, AFTER_MIN_MAX);
  return [...steps, { after_min, whom: ["supervisors"], via: [...WAYS] }];
}

/** 21:35, or null while there is no number. */
export function clockAfter(minutes: number | null): string | null {
  if (minutes === null) return null;
  const at = (((PROMISED_MIN + minutes) % DAY_MIN) + DAY_MIN) % DAY_MIN;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
}

/** When a step is taken on that evening. */
export const stepClock = ({ grace_min }: Pick<LadderSaid, "grace_min">, step: LadderStep) =>
  clockAfter(step.after_min === null ? null : (grace_min ?? 0) + step.after_min);

export interface Reach {
  /** How many there are; of them: told by a way that was chosen, only by another, by none. */
  all: number;
  chosen: number;
  other: number;
  none: number;
  /** Nothing that was chosen is set up on the server. */
  isOff: boolean;
  /** Named, and there no more. */
  unknown: number;
}

const ROLE: Readonly<Record<string, string>> = {
  host: "host",
  partner: "host",
  supervisors: "supervisor",
  admins: "admin",
};

/** Whom a step would reach today. Those named are left out where the reader may not know their ways. */
export function reachOf({ whom, via }: LadderStep, { groups, people, channels }: Ladders): Reach {
  const found: (readonly string[])[] = [];
  // Host and partner are of the same people; each of those is looked at once.
  if (whom.includes("host") || whom.includes("partner")) found.push(...groups.host);
  if (whom.includes("supervisors")) found.push(...groups.supervisors);
  if (whom.includes("admins")) found.push(...groups.admins);
  const roles = whom.map((who) => ROLE[who]);
  const named = whom.filter((who) => !isGroup(who));
  const known = people.filter(({ id }) => named.includes(id));
  for (const { role, ways } of known) if (ways !== null && !roles.includes(role)) found.push(ways);
  const chosen = found.filter((ways) => ways.some((way) => via.includes(way))).length;
  const none = found.filter((ways) => ways.length === 0).length;
  const hidden = known.filter(({ ways }) => ways === null).length;
  return {
    all: found.length + hidden,
    chosen: chosen + hidden,
    other: found.length - chosen - none,
    none,
    isOff: via.every((way) => isWay(way) && !channels[way]),
    unknown: named.length - known.length,
  };
}

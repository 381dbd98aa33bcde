/** What the start view tells of before and during a shift. Pure: values in, what to show out. */
import type { BriefingValue, HandoverValue, OwnOp, PlannedValue, QuestionValue } from "../../store/types";

const HOUR_MS = 3_600_000;
/** A briefing is shown before it begins, to those who come early. */
const EARLY_MS = 12 * HOUR_MS;
const HANDOVER_MS = 72 * HOUR_MS;

/** For this area and for all; the one that began last comes first. */
export function inForce(
  briefings: Iterable<BriefingValue>,
  now_ms: number,
  areaId: string | null,
): BriefingValue[] {
  return [...briefings]
    .filter((one) => one.active && (one.area_id === null || areaId === null || one.area_id === areaId))
    .filter((one) => Date.parse(one.valid_from) - EARLY_MS <= now_ms && now_ms < Date.parse(one.valid_to))
    .sort((a, b) => (a.valid_from < b.valid_from ? 1 : -1));
}

/** A shift that began this long before it was planned to is still that one; the server says the same. */
const PLAN_EARLY_MS = 3 * HOUR_MS;
/** A planned shift is told of this long before it begins. */
const PLAN_AHEAD_MS = 36 * HOUR_MS;

export interface PlanView {
  plan: PlannedValue;
  /** It is time: it may be started from here. */
  isDue: boolean;
}

/** The next planned shifts of this person that nobody of theirs has started, the first first. */
export function planViews(
  plans: Iterable<PlannedValue>,
  shifts: readonly { startedAt: string; hosts: readonly string[] }[],
  { me, now_ms }: { me: string; now_ms: number },
): PlanView[] {
  return [...plans]
    .map((plan) => ({ plan, from: Date.parse(plan.starts_at) - PLAN_EARLY_MS, to: Date.parse(plan.ends_at) }))
    .filter(({ plan }) => plan.hosts.includes(me))
    .filter(({ plan, to }) => now_ms < to && Date.parse(plan.starts_at) - PLAN_AHEAD_MS <= now_ms)
    .filter(
      ({ from, to }) =>
        !shifts.some(({ startedAt, hosts }) => {
          const at = Date.parse(startedAt);
          return hosts.includes(me) && from <= at && at < to;
        }),
    )
    .sort((a, b) => a.from - b.from)
    .map(({ plan, from }) => ({ plan, isDue: plan.status === "planned" && from <= now_ms }));
}

/** By this person, in these words; what this phone has said counts before it is sent. */
export function isBriefingRead(one: BriefingValue, me: string, ownOps: readonly OwnOp[]): boolean {
  const said = ownOps.some(
    (op) =>
      op.type === "briefing.acknowledge" && op.data.target === one.id && op.data.version === one.version,
  );
  return said || one.read_by.some(({ author_id, version }) => author_id === me && version === one.version);
}

export interface HandoverView {
  handover: HandoverValue;
  isRead: boolean;
}

interface Reader {
  me: string;
  shift: string | null;
  ownOps: readonly OwnOp[];
  now_ms: number;
}

/** What other shifts left lately, the newest first; what this phone has said it read counts before it is sent. */
export function handoverViews(
  all: Iterable<HandoverValue>,
  { me, shift, ownOps, now_ms }: Reader,
): HandoverView[] {
  const read = new Set(ownOps.flatMap((op) => (op.type === "handover.acknowledge" ? [op.data.target] : [])));
  return [...all]
    .filter((one) => one.shift_id !== shift && one.author_id !== me)
    .filter((one) => now_ms - Date.parse(one.stated_at) < HANDOVER_MS)
    .sort((a, b) => (a.stated_at < b.stated_at ? 1 : -1))
    .map((handover) => ({
      handover,
      isRead: read.has(handover.id) || handover.read_by.some(({ author_id }) => author_id === me),
    }));
}

export interface QuestionView {
  question: QuestionValue;
  /** Said in this very shift by this phone: may be said anew. */
  answer: string | null;
  isNear: boolean;
}

interface Asked {
  shift: string | null;
  ownOps: readonly OwnOp[];
  /** Places where this shift has been or the phone is now, the latest first. */
  passed: readonly string[];
}

/** Said in this shift, by whichever of its phones, is said for tonight; "no" is said for good. */
function isSettled(question: QuestionValue, shift: string | null): boolean {
  const { answers } = question;
  const last = answers.findLast(({ answer }) => answer === "yes" || answer === "no");
  return last?.answer === "no" || (shift !== null && answers.some((one) => one.shift_id === shift));
}

/** Open questions: those of places passed first, then the newest reports. */
export function questionViews(
  all: Iterable<QuestionValue>,
  { shift, ownOps, passed }: Asked,
): QuestionView[] {
  const said = new Map<string, string>();
  for (const op of ownOps)
    if (op.type === "followup.answer" && op.shift === shift) said.set(op.data.target, op.data.answer);
  const rank = (view: QuestionView) => {
    const at = passed.indexOf(view.question.place_id);
    return at < 0 ? passed.length : at;
  };
  return [...all]
    .filter((one) => shift === null || one.shift_id !== shift)
    .filter((one) => said.has(one.id) || !isSettled(one, shift))
    .map((question) => ({
      question,
      answer: said.get(question.id) ?? null,
      isNear: passed.includes(question.place_id),
    }))
    .sort((a, b) => rank(a) - rank(b) || (a.question.happened_from < b.question.happened_from ? 1 : -1));
}

/** A focus while it is being written: what its fields mean. Pure; times are typed as wall time in Stockholm. */
import type { BriefingValue } from "../store/types";

export interface Fields {
  text: string;
  places: { place_id: string; hours: string }[];
  /** Empty: every area. */
  area_id: string;
  from: Wall;
  to: Wall;
}

export interface Wall {
  date: string;
  time: string;
}

export type Fault = "wrong_span" | "wrong_date" | "empty";

/** What the wall says, and back: passed in, since Stockholm's clock is not a rule of this job. */
export interface Clock {
  wallOf: (at_ms: number) => Wall;
  instantOf: (wall: Wall) => number;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}$/;
const isWhole = ({ date, time }: Wall) => DATE.test(date) && TIME.test(time);

export function faultOf(fields: Fields, clock: Clock): Fault | null {
  if (!isWhole(fields.from) || !isWhole(fields.to)) return "wrong_date";
  if (clock.instantOf(fields.to) <= clock.instantOf(fields.from)) return "wrong_span";
  return fields.text.trim() === "" && !fields.places.some(({ place_id }) => place_id) ? "empty" : null;
}

export function fieldsOf(one: BriefingValue, clock: Clock): Fields {
  return {
    text: one.text ?? "",
    places: one.places.map(({ place_id, hours }) => ({ place_id, hours: hours ?? "" })),
    area_id: one.area_id ?? "",
    from: clock.wallOf(Date.parse(one.valid_from)),
    to: clock.wallOf(Date.parse(one.valid_to)),
  };
}

const BEGINS = "15:00";
const ENDS = "03:00";
const DAY_MS = 86_400_000;

/** From the coming afternoon until the night after it. */
export function emptyFields(now_ms: number, clock: Clock): Fields {
  const isLate = clock.instantOf({ date: clock.wallOf(now_ms).date, time: BEGINS }) <= now_ms;
  const first_ms = now_ms + (isLate ? DAY_MS : 0);
  return {
    text: "",
    places: [],
    area_id: "",
    from: { date: clock.wallOf(first_ms).date, time: BEGINS },
    to: { date: clock.wallOf(first_ms + DAY_MS).date, time: ENDS },
  };
}

/** The same words for the evening that comes. */
export function copied(one: BriefingValue, now_ms: number, clock: Clock): Fields {
  const { text, places, area_id } = fieldsOf(one, clock);
  return { ...emptyFields(now_ms, clock), text, places, area_id };
}

/** Something to add to one that is settled: for as long as that one, from now. */
export function noted(one: BriefingValue, now_ms: number, clock: Clock): Fields {
  const { area_id, to } = fieldsOf(one, clock);
  return { ...emptyFields(now_ms, clock), area_id, from: clock.wallOf(now_ms), to };
}

const DAYS_MAX = 7;

/** The weekdays on whose evenings it holds: 0 is Monday. A night belongs to the evening before it. */
export function weekdays(fields: Fields, clock: Clock): number[] {
  if (!isWhole(fields.from) || !isWhole(fields.to)) return [];
  const last_ms = clock.instantOf(fields.to) - 6 * 3_600_000;
  const days: number[] = [];
  for (let n = 0; n < DAYS_MAX; n++) {
    const at_ms = Date.parse(`${fields.from.date}T12:00:00Z`) + n * DAY_MS;
    if (n > 0 && clock.wallOf(at_ms).date > clock.wallOf(last_ms).date) break;
    days.push((new Date(at_ms).getUTCDay() + 6) % 7);
  }
  return days;
}

export function readByWhom(
  one: { version: string | null; read_by: BriefingValue["read_by"] },
  person: (id: string) => string,
): { name: string; at: string; isOfNow: boolean }[] {
  const first = new Map<string, { name: string; at: string; isOfNow: boolean }>();
  for (const { author_id, stated_at, version } of one.read_by) {
    const id = author_id ?? "";
    const isOfNow = version === one.version;
    if (!first.has(id) || (isOfNow && !first.get(id)?.isOfNow))
      first.set(id, { name: person(id), at: stated_at, isOfNow });
  }
  return [...first.values()];
}

/** As the server takes it. */
export function sentAs({ text, places, area_id, from, to }: Fields, clock: Clock) {
  return {
    text: text.trim() || null,
    places: places
      .filter(({ place_id }) => place_id)
      .map(({ place_id, hours }) => ({ place_id, hours: hours.trim() || null })),
    area_id: area_id || null,
    valid_from: new Date(clock.instantOf(from)).toISOString(),
    valid_to: new Date(clock.instantOf(to)).toISOString(),
  };
}

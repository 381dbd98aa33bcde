/**
 * Wall-clock time in Stockholm, whatever the phone is set to. Pure: instants in, instants out.
 */
const ZONE = "Europe/Stockholm";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface Wall {
  /** YYYY-MM-DD */
  date: string;
  /** HH:MM */
  time: string;
}

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** Empty for an instant that cannot be read: a damaged time must not take a screen down. */
export function wallOf(at_ms: number): Wall {
  if (Number.isNaN(at_ms)) return { date: "", time: "" };
  const found: Record<string, string> = {};
  for (const piece of PARTS.formatToParts(at_ms)) found[piece.type] = piece.value;
  return {
    date: `${found.year}-${found.month}-${found.day}`,
    time: `${found.hour}:${found.minute}`,
  };
}

/** The instant of a Stockholm wall time. In the hour that a spring night skips: the hour after. */
export function instantOf(wall: Wall): number {
  const as_if_utc = Date.parse(`${wall.date}T${wall.time}:00Z`);
  const offset_ms = (guess: number) => {
    const seen = wallOf(guess);
    return Date.parse(`${seen.date}T${seen.time}:00Z`) - Math.floor(guess / MINUTE_MS) * MINUTE_MS;
  };
  const first = as_if_utc - offset_ms(as_if_utc);
  return as_if_utc - offset_ms(first);
}

function dateBeside(at_ms: number, days: number): string {
  return wallOf(at_ms + days * DAY_MS).date;
}

/** "21:40" typed at 00:10 means yesterday: the latest such time not more than 5 minutes ahead. */
export function latestBefore(time: string, now_ms: number): number {
  const today = instantOf({ date: wallOf(now_ms).date, time });
  if (today <= now_ms + 5 * MINUTE_MS) return today;
  return instantOf({ date: dateBeside(now_ms, -1), time });
}

/** "01:00" planned at 17:30 means tomorrow: the first such time after now. */
export function firstAfter(time: string, now_ms: number): number {
  const today = instantOf({ date: wallOf(now_ms).date, time });
  if (today > now_ms) return today;
  return instantOf({ date: dateBeside(now_ms, 1), time });
}

/** 0 Sunday … 6 Saturday, in Stockholm. */
export function weekdayOf(at_ms: number): number {
  return new Date(`${wallOf(at_ms).date}T12:00:00Z`).getUTCDay();
}

const DAY_BREAKS_AT_HOUR = 6;

/** The evening that something belongs to: a shift keeps one date across midnight, as on the server. */
export function eveningOf(iso: string): string {
  return wallOf(Date.parse(iso) - DAY_BREAKS_AT_HOUR * 60 * MINUTE_MS).date;
}

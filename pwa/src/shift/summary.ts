/** What a shift came to, counted from the own log; the words are the screen's. */
import type { ShiftView } from "./view";

/** Händelse and åtgärd: what was seen, and what was done about it. */
export interface EventFacts {
  category: string;
  actions: readonly string[];
}

export interface ShiftFacts {
  hosts: number;
  /** Hours to the nearest half. */
  hours: number;
  /** Names, in the order first visited. */
  places: readonly string[];
  rounds: number;
  /** Händelser: observations other than good talks and uneventful rounds. */
  events: number;
  /** Åtgärder: what was done in them. */
  measures: number;
  /** Positive meetings and other contacts (group K). */
  meetings: number;
  /** Whom, and how it ended; null while nobody knows. */
  calls: readonly { service: string; outcome: string | null }[];
  /** By place in the order first told of; an empty name where there is none. */
  perPlace: readonly { place: string; events: readonly EventFacts[] }[];
}

interface Seen {
  category: string;
  placeId: string | null;
  actions: readonly string[];
  at: string;
}

interface Visit {
  kind: string;
  placeId: string | null;
  at: string;
}

interface Facts {
  shift: ShiftView;
  observations: readonly Seen[];
  checkins: readonly Visit[];
  calls: ShiftFacts["calls"];
  /** Restricted categories are counted, and named nowhere: a summary is read by many. */
  isRestricted: (category: string) => boolean;
  placeName: (id: string) => string;
  now_ms: number;
}

/** K: contacts. E2: a round with nothing to report. Both are data, neither is an event. */
/** An own category says its group after its prefix. */
const CONTACTS = /^(L-)?K/;
const QUIET_ROUND = "E2";
const NOTHING_DONE = "none";

const byTime = (a: { at: string }, b: { at: string }) => Date.parse(a.at) - Date.parse(b.at);

export function shiftFacts({
  shift,
  observations,
  checkins,
  calls,
  isRestricted,
  placeName,
  now_ms,
}: Facts): ShiftFacts {
  const meetings = observations.filter((one) => CONTACTS.test(one.category));
  const told = (one: Seen) => (one.placeId === null ? "" : placeName(one.placeId));
  const quiet = observations.filter((one) => one.category === QUIET_ROUND);
  const events = observations.filter((one) => !meetings.includes(one) && !quiet.includes(one));
  const visited = [...observations, ...checkins].sort(byTime);
  const names = visited.flatMap((one) => (one.placeId === null ? [] : placeName(one.placeId) || []));
  const open = [...events].sort(byTime).filter((one) => !isRestricted(one.category));
  const perPlace = [...new Set(open.map(told))].map((place) => ({
    place,
    events: open
      .filter((one) => told(one) === place)
      .map(({ category, actions }) => ({
        category,
        actions: actions.filter((code) => code !== NOTHING_DONE),
      })),
  }));
  const span_ms = now_ms - Date.parse(shift.startedAt);
  return {
    hosts: shift.hosts.length,
    hours: Math.max(0, Math.round((span_ms / 3_600_000) * 2) / 2),
    places: [...new Set(names)],
    rounds: quiet.length + checkins.filter((one) => one.kind === "round").length,
    events: events.length,
    measures: observations.flatMap((one) => one.actions).filter((code) => code !== NOTHING_DONE).length,
    meetings: meetings.length,
    calls,
    perPlace,
  };
}

/** Made-up rows for the desk's tests: Alva and Cim host, Bo supervises. */
import type { AlertValue, ObservationContent, ObservationValue } from "../store/types";
import type { Completeness, Entry, Phone, ShiftRow } from "./types";

export const NIGHT = "2026-11-20T";
/** Stockholm is one hour ahead of UTC in November: `at("20:14")` is 19:14Z. */
export function at(wall: string): string {
  return new Date(`${NIGHT}${wall}:00.000+01:00`).toISOString();
}

export function aPhone(over: Partial<Phone> = {}): Phone {
  return {
    install: "i1",
    label: "Alvas telefon",
    pending: 0,
    last_seen_at: at("21:40"),
    received: 17,
    expected: null,
    skew_ms: 0,
    persisted: true,
    build: "0.1.0",
    oldest_at: null,
    emptied_at: null,
    battery: null,
    ...over,
  };
}

export function aCompleteness(over: Partial<Completeness> = {}): Completeness {
  return { received: 17, expected: null, complete: false, gaps: [], phones: [aPhone()], ...over };
}

export function aShift(over: Partial<ShiftRow> = {}): ShiftRow {
  return {
    id: "s1",
    author_id: "alva",
    stated_at: at("17:30"),
    estimated_at: null,
    estimated_within_ms: null,
    received_at: at("17:30"),
    install: "i1",
    position: null,
    status: "open",
    shift_date: "2026-11-20",
    started_at: at("17:30"),
    ended_at: null,
    hosts: ["alva", "cim"],
    members: [],
    area_id: "a1",
    transport: "foot",
    planned_end: null,
    alone_reason: null,
    summary: null,
    area_name: "Centrum",
    crew: [
      { id: "alva", name: "Alva", left_at: null },
      { id: "cim", name: "Cim", left_at: null },
    ],
    counts: { checkin: 2, observation: 3, escalation: 1, comment: 0, quarantined: 0, escalation_open: 0 },
    last_checkin_at: at("21:12"),
    next_due: at("21:40"),
    completeness: aCompleteness(),
    photos: { received: 0, expected: 0 },
    ...over,
  };
}

interface When {
  id: string;
  stated: string;
  received?: string;
  estimated?: string;
  within_ms?: number;
  seq?: number;
  changed?: number;
}

function base({ id, stated, received = stated, estimated, within_ms, seq = 1, changed }: When) {
  return {
    id,
    seq,
    changed_seq: changed ?? seq,
    stated_at: at(stated),
    estimated_at: estimated === undefined ? null : at(estimated),
    estimated_within_ms: within_ms ?? null,
    received_at: at(received),
    author: { id: "alva", name: "Alva" },
    place: null,
    position: null,
  };
}

const CONTENT: ObservationContent = {
  category: "S2",
  happened: { kind: "point", from: at("20:14"), to: null },
  place_id: null,
  place_text: null,
  count: null,
  ages: null,
  certainty: null,
  severity: 2,
  ongoing: null,
  actions: [],
  text: "Klotter på norra väggen",
  attachments: [],
};

export function anObservation(
  when: When,
  over: Partial<ObservationValue> = {},
): Entry & { kind: "observation" } {
  const common = base(when);
  const { author, place: _place, seq: _seq, ...record } = common;
  return {
    ...common,
    kind: "observation",
    photos: [],
    value: {
      ...record,
      author_id: author.id,
      shift_id: "s1",
      install: "i1",
      status: "current",
      revisions: [],
      retracted: null,
      ...CONTENT,
      ...over,
    },
  };
}

export const content = (over: Partial<ObservationContent> = {}): ObservationContent => ({
  ...CONTENT,
  ...over,
});

export function anEnd(when: When): Entry {
  return { ...base(when), kind: "shift.end" };
}

export function anAlarm(when: When, over: Partial<AlertValue> = {}): Entry & { kind: "alert" } {
  const { author, place: _place, seq: _seq, ...record } = base(when);
  const position = { lat: 56.1612, lon: 14.8654, accuracy_m: 9, age_ms: 0, source: "gnss" } as const;
  const value: AlertValue = {
    ...record,
    position,
    author_id: author.id,
    shift_id: "s1",
    install: "i1",
    kind: "help",
    status: "open",
    host_id: "alva",
    note: null,
    due_at: null,
    acknowledged: [],
    cleared: null,
    steps: [],
    ...over,
  };
  const by = value.author_id === null ? { id: "", name: "" } : author;
  return { ...base(when), author: by, position: value.position, kind: "alert", value };
}

export function aComment(when: When, target = "s1"): Entry {
  const common = base(when);
  const { author, place: _place, seq: _seq, ...record } = common;
  const value = {
    ...record,
    author_id: author.id,
    shift_id: "s1",
    install: null,
    target,
    text: "Tack",
  };
  return { ...common, kind: "comment", value };
}

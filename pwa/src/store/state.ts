/** What the screens show: signals, loaded from IndexedDB at start and kept up to date by `view.ts`. */
import { type Signal, signal } from "@preact/signals";
import { broadcast } from "./channel";
import type { HeldRow } from "./held";
import { writeMeta } from "./meta";
import type {
  Area,
  Contact,
  OwnOp,
  Person,
  Place,
  Records,
  Settings,
  StorageHealth,
  User,
  Vocabulary,
} from "./types";

/** Who is signed in on this phone; survives a cold start without network. */
export const me: Signal<User | null> = signal(null);

/** Whose server this phone writes to, where the server has a name; read where it is first shown. */
export const organisation: Signal<string | null> = signal(null);

/** Ops of `me` made on this phone and not yet dropped (at least 14 days), newest last. */
export const ownOps: Signal<readonly OwnOp[]> = signal([]);

/** Saved records that can still be had back, whoever made them. Those of `me` are among `ownOps`, too. */
export const heldRows: Signal<readonly HeldRow[]> = signal([]);

/** The screens are there before what lies on the phone has been read: nothing is said of what is not known yet. */
export const isReading: Signal<boolean> = signal(false);

/** Every op on this phone without a receipt, whoever made it. */
export const unsentCount: Signal<number> = signal(0);
/** Of which made by someone else than `me`: only the number is ever shown. */
export const unsentOthers: Signal<number> = signal(0);

/** Ops of colleagues that this phone carries and has not handed in yet. */
export const carriedOps: Signal<number> = signal(0);

export const vocabulary: Signal<Vocabulary | null> = signal(null);
export const places: Signal<readonly Place[]> = signal([]);
export const areas: Signal<readonly Area[]> = signal([]);
export const contacts: Signal<readonly Contact[]> = signal([]);
export const people: Signal<readonly Person[]> = signal([]);

/** Pulled records by id, in the reader's scope. Own unsent ops are shown over these. */
export const records: Signal<Records> = signal(noRecords());

export function noRecords(): Records {
  return {
    shifts: new Map(),
    checkins: new Map(),
    observations: new Map(),
    escalations: new Map(),
    comments: new Map(),
    reviews: new Map(),
    photos: new Map(),
    briefings: new Map(),
    handovers: new Map(),
    questions: new Map(),
    followups: new Map(),
    debriefs: new Map(),
    alerts: new Map(),
    plans: new Map(),
  };
}

export const settings: Signal<Settings> = signal({
  language: "sv",
  theme: "dark",
  ownNumber: "",
  sound: false,
});

export const storageHealth: Signal<StorageHealth> = signal(noHealth());

export function noHealth(): StorageHealth {
  return {
    persisted: null,
    quotaBytes: null,
    usedBytes: null,
    problem: null,
    install: null,
    lost: null,
    isIosTab: false,
    isPrivate: false,
    canWrite: null,
    canJournal: null,
  };
}

/** Says what has been found out; the rest stays as it was. */
export function health(found: Partial<StorageHealth>): void {
  storageHealth.value = { ...storageHealth.peek(), ...found };
}

export async function saveSettings(patch: Partial<Settings>): Promise<void> {
  settings.value = { ...settings.value, ...patch };
  await writeMeta("settings", settings.value);
  broadcast({ kind: "meta" });
}

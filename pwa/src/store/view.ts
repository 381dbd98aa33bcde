/** Keeps the signals of `state.ts` equal to what lies in the databases, in this tab and from the other tabs. */
import { batch } from "@preact/signals";
import { attempt } from "../parse";
import { dropForNobody, dropRecords, recordPages } from "./cache";
import { broadcast, onBroadcast } from "./channel";
import { readHeldRows } from "./held";
import { timeOf } from "./idtime";
import { readJournal } from "./journal";
import { isKind, named, noneParsed, recordsOf, take } from "./kinds";
import { readMeta, user as userParser, writeMeta } from "./meta";
import { countUnsent, readAllOps, readOps, readOpsSince } from "./ops";
import { refreshPhotos } from "./photos";
import { isShut, type OpRow, opened, ownOp, type SealedOp, unnumbered } from "./rows";
import { keepMe, keepVocabulary, spareMe, spareShift, spareVocabulary } from "./spare";
import * as state from "./state";
import type { OwnOp, User } from "./types";
import * as values from "./values";
import { followLock } from "./vault";

type OpsListener = (rows: readonly OpRow[]) => void;
const listeners = new Set<OpsListener>();

/** Hears of every op that was made or changed, in this tab or another. */
export function onOpsChanged(listener: OpsListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shows these ops as they now lie in the store, here and in the other tabs. */
export async function opsChanged(ids: readonly string[]): Promise<void> {
  broadcast({ kind: "ops", ids: [...ids] });
  await refreshOps(ids);
}

/** Numbers the readings of ops: where a later one is shown already, an older that comes in shows nothing. */
let opReadings = 0;
/** The last reading of all that was begun; and those that are shown: of all, of what is held, of each op. */
let allBegun = 0;
let allShown = 0;
let heldShown = 0;
const shownFrom = new Map<string, number>();

async function refreshOps(ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    const reading = ++opReadings;
    const rows = await readOps(ids);
    const due = ids.filter((id) => reading > Math.max(allShown, shownFrom.get(id) ?? 0));
    for (const id of due) shownFrom.set(id, reading);
    show(due, [...heldAmong(due), ...rows.filter(({ id }) => shownFrom.get(id) === reading)]);
    for (const listener of listeners) listener(rows);
  }
  await refreshCounts();
}

const heldAmong = (ids: readonly string[]) =>
  state.heldRows.peek().flatMap(({ id, held }) => (ids.includes(id) ? [unnumbered(held.op)] : []));

/** Puts `rows` in place of the ops named by `ids`, the later of two of one id: those not among `rows` are gone. */
function show(ids: readonly string[], rows: readonly OpRow[]): void {
  const gone = new Set(ids);
  const kept = state.ownOps.value.filter(({ id }) => !gone.has(id));
  const shown = new Map(rows.map((row) => [row.id, row]));
  state.ownOps.value = sorted([...kept, ...mine([...shown.values()])]);
}

const mine = (rows: readonly OpRow[]): OwnOp[] =>
  rows.filter(({ author }) => author === state.me.value?.id).flatMap((row) => ownOp(row) ?? []);

// By the order of saving, and across two installs of one phone by the id's own time.
const sorted = (ops: OwnOp[]): OwnOp[] => ops.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Shows an op that lies in the journal only. */
export function journaledChanged(): void {
  const journaled = readJournal();
  if (journaled.some(isShut)) void Promise.all(journaled.map(opened)).then(showJournaled);
  else showJournaled(journaled);
}

function showJournaled(journaled: readonly SealedOp[]): void {
  const rows = journaled.map(unnumbered);
  show(
    rows.map(({ id }) => id),
    rows,
  );
}

export async function refreshCounts(): Promise<void> {
  const { all, others } = await countUnsent(state.me.value?.id ?? null);
  const beside = [...(await onlyInJournal()), ...state.heldRows.value];
  batch(() => {
    state.unsentCount.value = all + beside.length;
    state.unsentOthers.value = others + beside.filter(({ author }) => author !== state.me.value?.id).length;
  });
}

/** A write that was given up may have come through all the same: then it lies in both, until the journal is merged. */
async function onlyInJournal(): Promise<SealedOp[]> {
  const journaled = readJournal();
  if (journaled.length === 0) return journaled;
  const there = new Set((await readOps(journaled.map(({ id }) => id))).map(({ id }) => id));
  return journaled.filter(({ id }) => !there.has(id));
}

/** How often one was let out: what was read before that may still hold it. */
let lettings = 0;

/** Shows what is held as it now lies in the store, here and in the other tabs. */
export async function heldChanged(): Promise<void> {
  broadcast({ kind: "held" });
  await refreshHeld();
}

/** One is held no longer; what became of it is told as any other op's change. */
export function heldNoMore(id: string): void {
  broadcast({ kind: "held" });
  lettings++;
  state.heldRows.value = state.heldRows.value.filter((row) => row.id !== id);
}

export async function refreshHeld(): Promise<void> {
  const reading = ++opReadings;
  const before = lettings;
  const rows = await readHeldRows();
  const ids = [...state.heldRows.value, ...rows].map(({ id }) => id);
  // What is held no longer is an op by now, or a form again.
  const stored = await readOps(ids);
  if (before !== lettings) return refreshHeld();
  if (reading < heldShown) return;
  heldShown = reading;
  batch(() => {
    state.heldRows.value = rows;
    show(ids, [...heldAmong(ids), ...stored]);
  });
  await refreshCounts();
}

/** `since_ms`: only ops made later, and all unsent; the others are read when the first screen is there. */
export async function refreshAllOps(since_ms: number | null = null): Promise<void> {
  const reading = ++opReadings;
  allBegun = reading;
  const before = lettings;
  const read = since_ms === null ? readAllOps() : readOpsSince(since_ms);
  const [rows, held] = await Promise.all([read, readHeldRows()]);
  if (reading !== allBegun) return;
  if (before !== lettings) return refreshAllOps(since_ms);
  allShown = reading;
  // What was held or saved while all was being read is not among it, and stays as it is shown.
  if (reading > heldShown) {
    heldShown = reading;
    state.heldRows.value = held;
  }
  const isNewer = ({ id }: OwnOp) => (shownFrom.get(id) ?? 0) > reading;
  const older = mine([...rows, ...state.heldRows.value.map(({ held }) => unnumbered(held.op))]);
  state.ownOps.value = sorted([...older.filter((op) => !isNewer(op)), ...state.ownOps.value.filter(isNewer)]);
  journaledChanged();
  await refreshCounts();
}

/** Adds what the start left out. What is shown by now holds: it may have changed since this was read. */
export async function refreshOlderOps(): Promise<void> {
  const reading = allBegun;
  const rows = await readAllOps();
  if (reading !== allBegun) return;
  const shown = new Set(state.ownOps.value.map(({ id }) => id));
  const older = rows.filter(({ id }) => !shown.has(id));
  if (older.length > 0) state.ownOps.value = sorted([...state.ownOps.value, ...mine(older)]);
}

/** Counts the readings of the cache: one that was overtaken by a newer shows nothing. */
let readings = 0;

/** `since_ms`: of what there is much only what is newer; the rest is read when the first screen is there. */
export async function refreshCache(since_ms: number | null = null): Promise<void> {
  const mine = ++readings;
  const parsed = noneParsed();
  let told: unknown;
  for await (const page of recordPages(since_ms))
    for (const row of page) {
      if (row.kind === "vocabulary") told ??= row.value;
      else if (isKind(row.kind)) take(parsed, row.kind, row);
    }
  if (mine !== readings) return;
  if (told !== undefined) keepVocabulary(told);
  batch(() => {
    state.vocabulary.value = attempt(values.vocabulary, told);
    state.places.value = named(parsed.place);
    state.areas.value = named(parsed.area);
    state.contacts.value = named(parsed.contact).filter(({ active }) => active !== false);
    state.people.value = named(parsed.user);
    state.records.value = recordsOf(parsed);
  });
}

export async function cacheChanged(): Promise<void> {
  broadcast({ kind: "cache" });
  await refreshCache();
}

/**
 * Who uses this phone from now on; null at sign-out. Nothing unsent is touched. What was pulled is dropped at
 * sign-out, and where that failed, before B can read what A was allowed to: the next sign-in pulls it again.
 */
export async function saveMe(user: User | null): Promise<void> {
  if (user) {
    const owner = await readMeta("cache_owner");
    if (owner !== user.id) {
      await dropRecords();
      await writeMeta("cache_owner", user.id);
      await cacheChanged();
    }
  }
  await writeMeta("me", user);
  keepMe(user);
  state.me.value = user;
  broadcast({ kind: "meta" });
  await refreshAllOps();
  // A cache that hangs must keep nobody from leaving.
  if (user === null)
    void dropForNobody()
      .then(cacheChanged)
      .catch(() => undefined);
}

/** What can be shown and done without the database. */
export function loadWithoutDatabase(): void {
  state.me.value ??= attempt(userParser, spareMe());
  state.vocabulary.value ??= attempt(values.vocabulary, spareVocabulary());
  journaledChanged();
  state.unsentCount.value = readJournal().length;
}

/** True when it is somebody else's phone now. */
async function loadMeta(): Promise<boolean> {
  const [user, settings] = await Promise.all([readMeta("me"), readMeta("settings")]);
  if (settings) state.settings.value = settings;
  const changed = user?.id !== state.me.value?.id;
  state.me.value = user;
  return changed;
}

async function refreshMeta(): Promise<void> {
  if (await loadMeta()) await refreshAllOps();
}

/** Before anything that was written in the shift that this person was last known to be in, however long it lasts. */
function shiftSince(): number {
  const shift = state.me.value === null ? null : spareShift(state.me.value.id);
  return (shift === null ? null : timeOf(shift)) ?? Number.POSITIVE_INFINITY;
}

/** Loads every signal; a cache that cannot be read leaves the screens empty, never broken. */
export async function loadState(since_ms: number | null = null): Promise<void> {
  const cached = refreshCache(since_ms).catch(() => undefined);
  // Photos have a database of their own: no start waits for it, and none fails with it.
  void refreshPhotos().catch(() => undefined);
  await loadMeta();
  await refreshAllOps(since_ms === null ? null : Math.min(since_ms, shiftSince()));
  await cached;
}

/** Not awaited by the start; a store that cannot be read is told of elsewhere. */
export async function loadCarried(): Promise<void> {
  await import("./carried").then((part) => part.loadCarried()).catch(() => undefined);
}

export function followOtherTabs(onDrafts: () => void): () => void {
  return onBroadcast((message) => {
    if (message.kind === "ops") void refreshOps(message.ids).catch(() => undefined);
    if (message.kind === "cache") void refreshCache().catch(() => undefined);
    if (message.kind === "lock")
      void followLock()
        .then(() => loadState())
        .then(onDrafts, () => undefined);
    if (message.kind === "meta") void refreshMeta().catch(() => undefined);
    if (message.kind === "carried") void loadCarried();
    if (message.kind === "photos") void refreshPhotos().catch(() => undefined);
    if (message.kind === "held") void refreshHeld().catch(() => undefined);
    if (message.kind === "drafts") onDrafts();
  });
}

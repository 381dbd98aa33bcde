/** Keeps the signals of `state.ts` equal to what lies in the databases, in this tab and from the other tabs. */
import { batch } from "@preact/signals";
import { attempt, type Parser } from "../parse";
import { dropRecords, type RecordRow, readRecords } from "./cache";
import { broadcast, onBroadcast } from "./channel";
import { readJournal } from "./journal";
import { readMeta, user as userParser, writeMeta } from "./meta";
import { countUnsent, readAllOps, readOps } from "./ops";
import { refreshPhotos } from "./photos";
import { newRow, type OpRow, ownOp } from "./rows";
import { keepMe, keepVocabulary, spareMe, spareVocabulary } from "./spare";
import * as state from "./state";
import type { OwnOp, User } from "./types";
import * as values from "./values";

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

async function refreshOps(ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    const rows = await readOps(ids);
    show(ids, rows);
    for (const listener of listeners) listener(rows);
  }
  await refreshCounts();
}

/** Puts `rows` in place of the ops named by `ids`: those not among `rows` are gone. */
function show(ids: readonly string[], rows: readonly OpRow[]): void {
  const gone = new Set(ids);
  const kept = state.ownOps.value.filter(({ id }) => !gone.has(id));
  state.ownOps.value = sorted([...kept, ...mine(rows)]);
}

const mine = (rows: readonly OpRow[]): OwnOp[] =>
  rows.filter(({ author }) => author === state.me.value?.id).flatMap((row) => ownOp(row) ?? []);

// By the order of saving, and across two installs of one phone by the id's own time.
const sorted = (ops: OwnOp[]): OwnOp[] => ops.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Shows an op that lies in the journal only. */
export function journaledChanged(): void {
  const rows = readJournal().map((op) => newRow(op, { install: "", seq: 0 }));
  show(
    rows.map(({ id }) => id),
    rows,
  );
}

export async function refreshCounts(): Promise<void> {
  const { all, others } = await countUnsent(state.me.value?.id ?? null);
  const journaled = readJournal();
  batch(() => {
    state.unsentCount.value = all + journaled.length;
    state.unsentOthers.value =
      others + journaled.filter(({ author }) => author !== state.me.value?.id).length;
  });
}

export async function refreshAllOps(): Promise<void> {
  state.ownOps.value = sorted(mine(await readAllOps()));
  journaledChanged();
  await refreshCounts();
}

export async function refreshCache(): Promise<void> {
  const byKind = new Map<string, RecordRow[]>();
  for (const row of await readRecords()) {
    const held = byKind.get(row.kind);
    if (held) held.push(row);
    else byKind.set(row.kind, [row]);
  }
  const all = <T extends { id: string }>(kind: string, parser: Parser<T>): Map<string, T> =>
    new Map((byKind.get(kind) ?? []).flatMap((row) => keyed(row, parser)));
  const named = <T extends { id: string; name: string }>(kind: string, parser: Parser<T>): T[] =>
    [...all(kind, parser).values()].sort((a, b) => a.name.localeCompare(b.name, "sv"));
  const told = byKind.get("vocabulary")?.[0]?.value;
  if (told !== undefined) keepVocabulary(told);
  batch(() => {
    state.vocabulary.value = attempt(values.vocabulary, told);
    state.places.value = named("place", values.place);
    state.areas.value = named("area", values.area);
    state.contacts.value = named("contact", values.contact);
    state.people.value = named("user", values.person);
    state.records.value = {
      shifts: all("shift", values.shift),
      checkins: all("checkin", values.checkin),
      observations: all("observation", values.observation),
      escalations: all("escalation", values.escalation),
      comments: all("comment", values.comment),
      reviews: all("review", values.review),
      photos: all("photo", values.photo),
      briefings: all("briefing", values.briefing),
      handovers: all("handover", values.handover),
      questions: all("question", values.question),
      alerts: all("alert", values.alert),
    };
  });
}

function keyed<T extends { id: string }>(row: RecordRow, parser: Parser<T>): [string, T][] {
  const value = attempt(parser, row.value);
  return value ? [[row.id, value]] : [];
}

export async function cacheChanged(): Promise<void> {
  broadcast({ kind: "cache" });
  await refreshCache();
}

/**
 * Who uses this phone from now on; null at sign-out. Nothing unsent is touched. What was pulled for somebody
 * else is dropped, so that B never reads what A was allowed to.
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

/** Loads every signal; a cache that cannot be read leaves the screens empty, never broken. */
export async function loadState(): Promise<void> {
  const cached = refreshCache().catch(() => undefined);
  // Photos have a database of their own: no start waits for it, and none fails with it.
  void refreshPhotos().catch(() => undefined);
  await loadMeta();
  await refreshAllOps();
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
    if (message.kind === "meta") void refreshMeta().catch(() => undefined);
    if (message.kind === "carried") void loadCarried();
    if (message.kind === "photos") void refreshPhotos().catch(() => undefined);
    if (message.kind === "drafts") onDrafts();
  });
}

/** A phone for tests: fresh databases, Alva signed in, and the same phone after a restart. */
import { IDBFactory } from "fake-indexeddb";
import { closeAll } from "../store/db";
import { me, noHealth, ownOps, storageHealth, unsentCount } from "../store/state";
import type { OpData, User } from "../store/types";
import { loadState, saveMe } from "../store/view";
import { drafts } from "./drafts";

export const alva: User = { id: "u-alva", username: "alva", name: "Alva", role: "host" };
export const cim: User = { id: "u-cim", username: "cim", name: "Cim", role: "host" };

export async function freshPhone(): Promise<void> {
  await closeAll();
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  me.value = null;
  ownOps.value = [];
  drafts.value = [];
  unsentCount.value = 0;
  storageHealth.value = noHealth();
  await saveMe(alva);
}

/** Nothing stays but what lies in the databases. */
export async function restart(): Promise<void> {
  await closeAll();
  me.value = null;
  ownOps.value = [];
  unsentCount.value = 0;
  await loadState();
}

export function aCheckin(note: string | null = null): OpData["checkin.create"] {
  return { kind: "ok", place_id: null, note, next_due: null };
}

/**
 * Basemap files: fetched whole, once, and kept on the device, so that the map draws with no network. Which there are
 * is asked of the server when it can be reached; what is kept is shown in any case.
 */
import { signal } from "@preact/signals";
import { download } from "../api/download";
import { api } from "../api/index";
import { listOfGood, object } from "../parse";
import {
  type Basemap,
  basemapRow,
  dropBasemap,
  listBasemaps,
  readBasemap,
  saveBasemap,
} from "../store/basemaps";
import { storageHealth } from "../store/state";

/** Small enough to fetch without asking; larger ones wait for a tap. */
const UNASKED_BYTES_MAX = 8_000_000;

export type Holding =
  | { state: "kept" }
  | { state: "offered" }
  | { state: "fetching"; fraction: number }
  | { state: "failed" }
  | { state: "no-room" };

export interface BaseEntry {
  map: Basemap;
  holding: Holding;
}

/** Null until it is known what is kept. */
export const bases = signal<readonly BaseEntry[] | null>(null);

const answer = object({ items: listOfGood(basemapRow) });

function put(map: Basemap, holding: Holding): void {
  const others = (bases.value ?? []).filter((entry) => entry.map.id !== map.id);
  bases.value = [...others, { map, holding }].sort((a, b) => a.map.name.localeCompare(b.map.name, "sv"));
}

function mayFetchUnasked(map: Basemap): boolean {
  const connection: unknown = Reflect.get(navigator, "connection");
  const saving =
    typeof connection === "object" && connection !== null && "saveData" in connection
      ? connection.saveData === true
      : false;
  // Maps were dropped to make room for words: they do not come back by themselves.
  const isFull = storageHealth.value.problem === "full";
  return !saving && !isFull && map.size <= UNASKED_BYTES_MAX;
}

/** What is kept, then what the server offers; a newer file replaces the kept one only when it is here whole. */
export async function refreshBases(): Promise<void> {
  const kept = await listBasemaps().catch((): Basemap[] => []);
  for (const map of kept) put(map, { state: "kept" });
  bases.value ??= [];
  const offered = await api.get("/maps", answer).catch(() => null);
  if (!offered) return;
  for (const map of kept)
    if (!offered.items.some(({ id }) => id === map.id)) {
      await dropBasemap(map.id).catch(() => undefined);
      bases.value = bases.value.filter((entry) => entry.map.id !== map.id);
    }
  for (const map of offered.items) {
    if (kept.some(({ id, sha256 }) => id === map.id && sha256 === map.sha256)) continue;
    if (!kept.some(({ id }) => id === map.id)) put(map, { state: "offered" });
    if (mayFetchUnasked(map)) await fetchBase(map);
  }
}

export async function fetchBase(map: Basemap): Promise<void> {
  if (bases.value?.find((entry) => entry.map.id === map.id)?.holding.state === "fetching") return;
  put(map, { state: "fetching", fraction: 0 });
  let bytes: ArrayBuffer;
  try {
    bytes = await download(`/maps/${encodeURIComponent(map.id)}`, (got) =>
      put(map, { state: "fetching", fraction: Math.min(1, got / Math.max(1, map.size)) }),
    );
    if ((await sha256(bytes)) !== map.sha256.replace(/^sha256:/, "")) throw new Error("damaged");
  } catch {
    put(map, { state: "failed" });
    return;
  }
  await saveBasemap(map, bytes).then(
    () => put(map, { state: "kept" }),
    () => put(map, { state: "no-room" }),
  );
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export interface KeptFile {
  map: Basemap;
  bytes: ArrayBuffer;
}

/** The files of all that is kept whole; one that cannot be read is left out. */
export async function keptFiles(entries: readonly BaseEntry[]): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for (const { map, holding } of entries) {
    if (holding.state !== "kept") continue;
    const bytes = await readBasemap(map.id).catch(() => null);
    if (bytes) files.push({ map, bytes });
  }
  return files;
}

/** Thin I/O around the machine: feeds it events, carries out its effects, keeps `syncState` true. */
import { askBackgroundSync } from "../device/background";
import { letOutHeld } from "../outbox/held";
import { broadcast, onBroadcast } from "../store/channel";
import { readMeta } from "../store/meta";
import { readUnsent } from "../store/ops";
import { onPhotosChanged, type PhotoRow, readPhotos } from "../store/photos";
import type { OpRow } from "../store/rows";
import { heldRows, me } from "../store/state";
import { type LockState, lockState } from "../store/vault";
import { onOpsChanged } from "../store/view";
import { finishWipe } from "../store/wipe";
import { watchCarried } from "./carrying";
import { type Written, write } from "./effects";
import { compete } from "./leader";
import { initial, nextWake, step } from "./machine";
import { offers } from "./offers";
import { pull } from "./pull";
import { checkIn_ms } from "./reconcile";
import { type Pending, sendHello, sendPush } from "./send";
import { noteChecked, publish, recallChecked, showFromOtherTab } from "./show";
import type { CheckOutcome, ChunkOutcome, Effect, Event, PushOutcome, State } from "./types";
import { watchWakes } from "./wakes";

const TIMER_MS_MIN = 250;
const TIMER_MS_MAX = 600_000;
const RELOAD_AFTER_MS = 30_000;
const SYNC_NOW_MS_MAX = 60_000;

let state: State = initial();
let leading = false;
let stop: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let reload: ReturnType<typeof setTimeout> | undefined;
let chunk: AbortController | null = null;
let writing: Promise<void> = Promise.resolve();
const idle = new Set<() => void>();

/** Starts once; later calls do nothing. The signals must be loaded before. */
export function startSync(): void {
  if (stop) return;
  const ends = [
    watchWakes(dispatch),
    onOpsChanged(heardOfOps),
    onPhotosChanged((rows) => void heardOfPhotos(rows).catch(loadLater)),
    onBroadcast((message) => {
      if (message.kind === "wake") dispatch({ type: "wake", manual: true });
      if (message.kind === "check") dispatch({ type: "check" });
      if (message.kind === "retry") dispatch({ type: "retry", ids: message.ids });
      if (message.kind === "sync" && !leading) showFromOtherTab(message.state);
    }),
    me.subscribe(() => dispatch({ type: "wake" })),
    lockState.subscribe((lock) => void afterLock(lock)),
    watchCarried(),
    compete({ onGained: () => void lead(), onLost: follow }),
  ];
  void recallChecked();
  void finishWipe().catch(() => undefined);
  stop = () => {
    for (const end of ends) end();
  };
}

export function stopSync(): void {
  stop?.();
  stop = null;
  follow();
  clearTimeout(reload);
  state = initial();
}

/** Tries at once; resolves when nothing more is under way, or after a minute. */
export async function syncNow(): Promise<void> {
  if (heldRows.peek().length > 0) await letOutHeld().catch(() => undefined);
  if (!leading) {
    broadcast({ kind: "wake" });
    return;
  }
  dispatch({ type: "wake", manual: true });
  await settled();
}

/** Asks the server which of everything on this phone it lacks; `syncState` tells how it goes. */
export function checkNow(): void {
  if (heldRows.peek().length > 0) void letOutHeld().then(check, check);
  else check();
}

function check(): void {
  if (leading) dispatch({ type: "check" });
  else broadcast({ kind: "check" });
}

/** Another go at ops that are stuck; resolves when nothing more is under way, or after a minute. */
export async function retryNow(ids: readonly string[]): Promise<void> {
  if (!leading) {
    broadcast({ kind: "retry", ids: [...ids] });
    return;
  }
  dispatch({ type: "retry", ids });
  await settled();
  await written();
}

function settled(): Promise<void> {
  return new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(watchdog);
      idle.delete(done);
      resolve();
    };
    const watchdog = setTimeout(done, SYNC_NOW_MS_MAX);
    idle.add(done);
    settle();
  });
}

async function lead(): Promise<void> {
  leading = true;
  await load();
}

function follow(): void {
  leading = false;
  clearTimeout(timer);
  dispatch({ type: "paused" });
}

/** Reads anew what has no receipt: at the start of leading, and when store and machine may have come apart. */
async function load(): Promise<void> {
  try {
    const before = state.entries;
    const [rows, head, last] = await Promise.all([readUnsent(), readMeta("head"), readMeta("checked")]);
    if (!leading) return;
    // What was heard of meanwhile is not among what was read.
    if (before !== state.entries) return load();
    const visible = document.visibilityState === "visible";
    const epoch = head?.epoch ?? null;
    const due_ms = checkIn_ms(last, epoch, Date.now());
    dispatch({ type: "loaded", offers: offers(rows, clocks()), epoch, visible, checkIn_ms: due_ms });
    void loadPhotos();
  } catch {
    loadLater();
  }
}

/** What waited for the PIN goes out, and what could not be sent as it was sealed is tried as it was written. */
async function afterLock(lock: LockState): Promise<void> {
  if (!leading) return;
  await load();
  if (lock !== "open") return;
  const stuck = (await readUnsent().catch(() => [])).filter(
    ({ state, escrow }) => state === "stuck" && escrow,
  );
  if (stuck.length > 0) dispatch({ type: "retry", ids: stuck.map(({ id }) => id) });
}

function loadLater(): void {
  clearTimeout(reload);
  reload = setTimeout(() => void load(), RELOAD_AFTER_MS);
}

/** Apart from the ops: a database of photos that cannot be read must not keep a word from going out. */
async function loadPhotos(): Promise<void> {
  try {
    const rows = await readPhotos();
    await heardOfPhotos(rows);
    if (rows.length > 0) await (await bytes()).tidy(rows);
  } catch {
    loadLater();
  }
}

/** What is done with photos' bytes is fetched with the first photo. */
const bytes = () => import("./photos");

async function heardOfPhotos(rows: readonly PhotoRow[]): Promise<void> {
  if (!leading || rows.length === 0) return;
  const { photosToSend } = await bytes();
  dispatch({ type: "photos", waiting: photosToSend(rows, clocks()) });
}

function heardOfOps(rows: readonly OpRow[]): void {
  const fresh = offers(rows, clocks()).filter(({ id }) => !state.entries.has(id));
  if (leading && fresh.length > 0) dispatch({ type: "added", offers: fresh });
}

/** Steady: a phone whose clock is set back must not wait for hours. */
const now = () => performance.now();

function dispatch(event: Event): void {
  const next = step(state, event, { now_ms: now(), random: Math.random });
  state = next.state;
  for (const effect of next.effects) carryOut(effect);
  setTimer();
  publish(state, { leading, now_ms: now() });
  settle();
}

function carryOut(effect: Effect): void {
  switch (effect.type) {
    case "hello":
      void sendHello().then((outcome) => dispatch({ type: "greeted", outcome }));
      return;
    case "push":
      void push(effect);
      return;
    case "pull":
      void written()
        .then(pull)
        .then((outcome) => dispatch({ type: "pulled", outcome }));
      return;
    case "check":
      void written()
        .then(() => import("./check"))
        .then(({ sendCheck }) => sendCheck(effect.evenEmpty))
        .catch((): CheckOutcome => ({ kind: "no-answer", problem: "offline" }))
        .then((outcome) => dispatch({ type: "checked", outcome }));
      return;
    case "chunk":
      void sendChunk(effect);
      return;
    case "halt":
      chunk?.abort();
      return;
    case "checked":
      noteChecked(effect);
      later(effect);
      return;
    default:
      later(effect);
  }
}

async function sendChunk(effect: Extract<Effect, { type: "chunk" }>): Promise<void> {
  const mine = new AbortController();
  chunk = mine;
  const outcome = await bytes()
    .then(({ uploadChunk }) => uploadChunk(effect, mine.signal))
    .catch((): ChunkOutcome => ({ kind: "no-answer", problem: "offline" }));
  if (chunk === mine) chunk = null;
  dispatch({ type: "chunked", sha256: effect.sha256, outcome });
}

async function push(effect: Extract<Effect, { type: "push" }>): Promise<void> {
  const outcome = await attemptPush(effect).catch((): PushOutcome => {
    loadLater();
    return { kind: "no-answer", problem: "offline" };
  });
  if (outcome.kind === "no-answer") void askBackgroundSync();
  dispatch({ type: "pushed", slot: effect.slot, outcome });
  if (outcome.kind === "nothing") await load();
}

async function attemptPush({ install, ids }: Extract<Effect, { type: "push" }>): Promise<PushOutcome> {
  // What the last answer taught (epoch, head) is stored before the next request says it.
  await written();
  return sendPush({ install, ids }, await pendingOf(install, ids));
}

/** What stays on the phone when this request has been answered, and the highest number given out so far. */
async function pendingOf(install: string, sending: readonly string[]): Promise<Pending> {
  const held = [...state.entries.values()].filter((entry) => entry.install === install);
  const staying = held.filter(({ id }) => !sending.includes(id));
  // One that is just being let out is among both.
  const notYet = heldRows.peek().filter(({ id }) => !state.entries.has(id));
  const current = await readMeta("install");
  const given = current?.id === install ? current.next_seq - 1 : 0;
  return {
    // What is held has no number yet, but it lies here unsent.
    count: staying.length + notYet.length,
    max_seq: held.reduce((highest, { seq }) => Math.max(highest, seq), given),
    oldest: staying.reduce<string | null>(
      (first, { id }) => (first === null || id < first ? id : first),
      null,
    ),
  };
}

const written = () => writing;

function later(effect: Written): void {
  // A store that fails here leaves ops pending: they go out again and come back as duplicates.
  writing = writing.then(() => write(effect)).catch(loadLater);
}

function setTimer(): void {
  clearTimeout(timer);
  const at_ms = leading ? nextWake(state) : null;
  if (at_ms === null) return;
  const delay_ms = Math.min(TIMER_MS_MAX, Math.max(TIMER_MS_MIN, at_ms - now()));
  timer = setTimeout(() => dispatch({ type: "tick" }), delay_ms);
}

const clocks = () => ({ build: __BUILD__, wall_ms: Date.now(), now_ms: now() });

function settle(): void {
  if (leading && !state.loaded) return;
  const { flights, pull: pulling, hello, check, lane } = state;
  if (flights.urgent || flights.bulk || lane.flight) return;
  if (pulling.running || hello.asking || check.asking) return;
  for (const done of [...idle]) done();
}

/**
 * The ten seconds after a save. The record is sealed and lies on the phone from the first moment; only its number, and
 * with it its sending, waits. It is let out when the time is over, when the app is put away, when somebody else signs
 * in, and before whatever counts on it. A page that dies meanwhile leaves it to the next one.
 */
import { type HeldRow, letOut, readHeldRows, takeBack } from "../store/held";
import { namedIn } from "../store/naming";
import { storeOp } from "../store/ops";
import { photos } from "../store/photos";
import { isShut, type OpRow } from "../store/rows";
import { heldRows, me } from "../store/state";
import { heldChanged, heldNoMore, opsChanged } from "../store/view";
import { draftsChanged } from "./drafts";
import { newId } from "./ids";
import { hashOf } from "./seal";
import { isWithForm } from "./told";

export const HOLD_MS = 10_000;
const AGAIN_MS = 5_000;
/** A browser's timer may ring up to a millisecond before the clock says so. */
const EARLY_MS = 50;

/** The form is there again, with every field as it was. False: too late, it has been let out. */
export async function undoHeld(id: string): Promise<boolean> {
  const isBack = await takeBack(id);
  await heldChanged();
  await Promise.all([draftsChanged(), isBack ? undefined : opsChanged([id])]);
  return isBack;
}

let working: Promise<void> = Promise.resolve();

/** Lets out all that is held, or what of it `isDue`, in the order of saving. Raises what the database raises. */
export function letOutHeld(isDue: (row: HeldRow) => boolean = () => true): Promise<void> {
  const mine = working.then(() => letOutAll(isDue));
  working = mine.catch(() => undefined);
  return mine;
}

async function letOutAll(isDue: (row: HeldRow) => boolean): Promise<void> {
  const rows = (await readHeldRows()).filter((row) => isDue(row) && !isWithForm(row.id));
  for (const row of rows) {
    const op = await letOut(row.id, newId());
    if (op) await readBack(op, row);
    // First, or for a moment it would be counted twice.
    heldNoMore(row.id);
    await opsChanged([row.id]);
    if (op) await photosOf(op, row).catch(() => undefined);
  }
}

/** Written, but not as it was: once more in the same place, while the page has the sealed bytes. */
async function readBack(stored: OpRow, { held: { op } }: HeldRow): Promise<void> {
  // Locked: what cannot be read now is as it was written, or the next unlocking tells.
  if (isShut(stored) || stored.hash !== op.hash || (await hashOf(stored.body)) === stored.hash) return;
  await storeOp({ op, lastId: newId(), over: { install: stored.install, seq: stored.seq } });
}

/** What the op names is to be sent; what only its form showed goes. Where this fails, a start finds them by the op. */
async function photosOf(op: OpRow, { id }: HeldRow): Promise<void> {
  // Which it names cannot be told while it is locked; a start finds them later.
  if (isShut(op)) return;
  const shown = [...photos.peek().values()].filter(({ drafts }) => drafts.includes(id));
  if (shown.length === 0) return;
  const named = namedIn([op]);
  const { letGo, markNamed } = await import("../store/blobs");
  await markNamed(named, id);
  const left = shown.filter(({ sha256 }) => !named.includes(sha256));
  await letGo(
    id,
    left.map(({ sha256 }) => sha256),
  );
}

/** Lets out what is due, in whichever tab. Gives a function that ends it. */
export function watchHeld(): () => void {
  /** By the page's steady clock: a phone whose clock is set must neither hurry nor keep a record. */
  const ends_ms = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isDue = ({ id }: HeldRow) =>
    (ends_ms.get(id) ?? Number.POSITIVE_INFINITY) <= performance.now() + EARLY_MS;
  const due = () =>
    void letOutHeld(isDue)
      .catch(() => undefined)
      .then(() => plan(AGAIN_MS));
  const plan = (wait_ms: number) => {
    clearTimeout(timer);
    const rows = heldRows.peek();
    const left = new Set(rows.map(({ id }) => id));
    for (const id of ends_ms.keys()) if (!left.has(id)) ends_ms.delete(id);
    for (const { id, held } of rows)
      if (!ends_ms.has(id)) ends_ms.set(id, performance.now() + clamped(held.until_ms - Date.now()));
    if (rows.length === 0) return;
    const soonest_ms = Math.min(...ends_ms.values()) - performance.now();
    timer = setTimeout(due, Math.max(wait_ms, soonest_ms));
  };
  // A page that is left or loaded anew begins nothing: WebKit keeps it aside with its transaction open, and all that
  // the next page asks of the database waits behind that. The next page lets out what this one held.
  let isLeaving = false;
  const whenLeft = ({ type }: Event) => {
    isLeaving = type === "pagehide";
  };
  const whenHidden = () => {
    if (document.visibilityState === "hidden" && !isLeaving) all();
  };
  const ends = [heldRows.subscribe(() => plan(0)), onChangeOfUser(all)];
  document.addEventListener("visibilitychange", whenHidden);
  addEventListener("pagehide", whenLeft);
  addEventListener("pageshow", whenLeft);
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
    document.removeEventListener("visibilitychange", whenHidden);
    removeEventListener("pagehide", whenLeft);
    removeEventListener("pageshow", whenLeft);
  };
}

const clamped = (left_ms: number) => Math.min(HOLD_MS, Math.max(0, left_ms));

/** What fails is tried again by the timer of `watchHeld`. */
const all = () => {
  if (heldRows.peek().length > 0) void letOutHeld().catch(() => undefined);
};

function onChangeOfUser(work: () => void): () => void {
  let known = me.peek()?.id;
  return me.subscribe((user) => {
    const isOther = user?.id !== known;
    known = user?.id;
    if (isOther) work();
  });
}

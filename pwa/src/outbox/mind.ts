/**
 * What has no receipt yet, kept in the running page too: a browser that empties the store under the app takes the
 * database and the journal, but not the page's memory. What is there goes back as it was.
 */
import { onTerminated } from "../store/db";
import { checkStorage } from "../store/health";
import { putHeld } from "../store/held";
import { writeMeta } from "../store/meta";
import { readUnsent, restoreRows } from "../store/ops";
import type { OpRow } from "../store/rows";
import { health, heldRows, me, settings, storageHealth } from "../store/state";
import { lockState, restoreLock } from "../store/vault";
import { heldChanged, onOpsChanged, opsChanged, saveMe } from "../store/view";
import { drafts, saveDraft } from "./drafts";
import { newId } from "./ids";

/** Some thousand observations; a phone that holds more has a copy to be saved, not a page to be filled. */
const CHARS_MAX = 4_000_000;

const held = new Map<string, OpRow>();
let chars = 0;

function forget(id: string): void {
  chars -= held.get(id)?.body.length ?? 0;
  held.delete(id);
}

function note(rows: readonly OpRow[]): void {
  for (const row of rows) {
    forget(row.id);
    if (row.state === "acked" || chars + row.body.length > CHARS_MAX) continue;
    held.set(row.id, row);
    chars += row.body.length;
  }
}

/** Gives a function that ends it. */
export async function keepInMind(): Promise<() => void> {
  note(await readUnsent());
  const ends = [
    onOpsChanged(note),
    onTerminated(() => void mend().catch(unmended)),
    // Once locked, nothing that was open stays in memory.
    lockState.subscribe((state) => {
      if (state === "locked") void forgetOpen().catch(() => undefined);
    }),
  ];
  return () => {
    for (const end of ends) end();
    held.clear();
    chars = 0;
  };
}

async function forgetOpen(): Promise<void> {
  held.clear();
  chars = 0;
  note(await readUnsent());
}

/** Puts back what this page knows, if the store it wrote to is gone. */
async function mend(): Promise<void> {
  const known = { user: me.value, begun: drafts.value, saved: heldRows.value, chosen: settings.value };
  if (!(await checkStorage())) return;
  await restoreLock();
  const rows = [...held.values()];
  await restoreRows(rows);
  await writeMeta("settings", known.chosen);
  if (known.user) await saveMe(known.user);
  for (const draft of known.begun) await saveDraft(draft);
  for (const row of known.saved) await putHeld(row, newId());
  const { lost } = storageHealth.value;
  health({ lost: { heard: lost?.heard ?? null, back: rows.length + known.saved.length } });
  await opsChanged(rows.map(({ id }) => id));
  await heldChanged();
}

/** The database does not open again either: the next save says so, and goes beside it. */
function unmended(): void {
  health({ problem: "open-failed" });
}

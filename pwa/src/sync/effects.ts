/** What the machine asked to be written down. Run one after the other; each is safe to repeat. */

import { dropRead } from "../store/aged";
import { dropOld, markAnswered, markChecked, markStuck, reofferEpoch, reofferSeqs } from "../store/marks";
import { readMeta, writeMeta } from "../store/meta";
import { mintInstall } from "../store/ops";
import { opsChanged } from "../store/view";
import { wipe } from "../store/wipe";
import type { Effect } from "./types";

export type Written = Exclude<
  Effect,
  | { type: "hello" }
  | { type: "push" }
  | { type: "pull" }
  | { type: "check" }
  | { type: "chunk" }
  | { type: "halt" }
>;

export async function write(effect: Written): Promise<void> {
  switch (effect.type) {
    case "receipts":
      return shown(await markAnswered(effect.answers));
    case "stuck":
      return shown(await markStuck(effect.id, effect.why, Date.now(), __BUILD__));
    case "checked":
      return writeChecked(effect);
    case "reoffer":
      return shown(await reofferEpoch(effect.epoch));
    case "gaps":
      return shown(await reofferSeqs(effect.install, effect.ranges));
    case "head":
      return writeHead(effect);
    case "forget-seen": {
      const head = await readMeta("head");
      return writeMeta("head", {
        durable_seq: null,
        server_time: head?.server_time ?? null,
        epoch: effect.epoch,
        seen: null,
      });
    }
    case "wipe":
      return wipe(effect.ids);
    case "mint":
      await mintInstall(effect.install);
      return;
    default:
      // What is done with photos' bytes is fetched when the first photo is.
      return (await import("./photos")).writePhoto(effect);
  }
}

async function shown(ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await opsChanged(ids);
}

/** Said to be done only when what was missing is among what goes out. */
async function writeChecked({ type: _, lost, ...checked }: Extract<Effect, { type: "checked" }>) {
  if (checked.epoch !== null) await shown(await markChecked(checked.epoch, lost));
  await writeMeta("checked", { at: new Date().toISOString(), ...checked });
}

const DROP_EVERY_MS = 6 * 3_600_000;
let dropped_ms = Number.NEGATIVE_INFINITY;

async function writeHead({ epoch, head, server_time, durable_seq }: Extract<Effect, { type: "head" }>) {
  const held = await readMeta("head");
  const known = held?.epoch === epoch ? held.seen : null;
  // Two requests may be answered out of order: what was seen never goes back.
  const seen = head && (known === null || head.seq > known.seq) ? head : known;
  await writeMeta("head", { epoch, seen, durable_seq, server_time });
  if (performance.now() - dropped_ms < DROP_EVERY_MS) return;
  dropped_ms = performance.now();
  await shown(await dropOld({ epoch, server_time, durable_seq }));
  // What was pulled waits for nobody: a cache that hangs must not hold up what is written of receipts.
  void dropRead(server_time).catch(() => undefined);
}

/** The two small requests: hello and push. Reads sealed rows, never changes them. */

import { api } from "../api";
import { type HelloAnswer, helloAnswer, type PushRequest, pushAnswer, type SentOp } from "../api/wire";
import { batteryLeft } from "../device/battery";
import { compareClock, mono_ms, page } from "../store/clock";
import { timeOf } from "../store/idtime";
import { readMeta, writeMeta } from "../store/meta";
import { readOps } from "../store/ops";
import { isShut, type OpRow } from "../store/rows";
import { organisation, storageHealth } from "../store/state";
import { UI_BUILD } from "./build";
import { failure, helloOutcome, pushFailure, pushOutcome } from "./outcome";
import type { HelloOutcome, PushOutcome } from "./types";

const HELLO_TIMEOUT_MS = 10_000;
const PUSH_TIMEOUT_MS = 45_000;

export async function sendHello(): Promise<HelloOutcome> {
  const clock = startClock();
  try {
    const answer = await api.get("/sync/hello", helloAnswer, { timeoutMs: HELLO_TIMEOUT_MS });
    await clock(answer.server_time);
    void keepName(answer).catch(() => undefined);
    await keepCopyKey(answer).catch(() => undefined);
    return helloOutcome(answer, UI_BUILD);
  } catch (error) {
    return failure(error);
  }
}

/** For the day when this phone cannot send. A proof once given is kept: nobody may be signed in when it is needed. */
async function keepCopyKey({ copy_key, copy_proof }: HelloAnswer): Promise<void> {
  if (copy_key === null) return;
  const held = await readMeta("copy_key");
  const { kid, x, y } = copy_key;
  const { device, proof } = copy_proof ?? held ?? { device: null, proof: null };
  if (held?.kid !== kid || held.device !== device || held.proof !== proof)
    await writeMeta("copy_key", { kid, x, y, device, proof });
}

/** For the screens, also without coverage. */
async function keepName({ organisation: name }: HelloAnswer): Promise<void> {
  organisation.value = name;
  if ((await readMeta("organisation")) !== name) await writeMeta("organisation", name);
}

export interface Pending {
  count: number;
  max_seq: number;
  /** The id of the oldest op that stays. */
  oldest: string | null;
}

export async function sendPush(
  { install, ids }: { install: string; ids: readonly string[] },
  { count, max_seq, oldest }: Pending,
): Promise<PushOutcome> {
  const rows = (await readOps(ids)).filter(({ state }) => state !== "acked");
  if (rows.length === 0) return { kind: "nothing" };
  const head = await readMeta("head");
  const request: PushRequest<SentOp> = {
    nonce: crypto.randomUUID(),
    install,
    epoch: head?.epoch ?? null,
    seen: head?.seen ?? null,
    sent: { wall: new Date().toISOString(), mono: mono_ms(), page },
    pending: { count, max_seq },
    phone: {
      build: __BUILD__,
      persisted: storageHealth.value.persisted,
      oldest: oldest === null ? null : openedAt(oldest),
      battery: await batteryLeft(),
    },
    ops: rows.map(wire),
  };
  const clock = startClock();
  try {
    const answer = await api.post("/sync/push", request, pushAnswer, {
      timeoutMs: PUSH_TIMEOUT_MS,
      compress: true,
    });
    const outcome = pushOutcome(request, answer);
    if (outcome.kind === "answer") await clock(outcome.server_time);
    return outcome;
  } catch (error) {
    return pushFailure(error);
  }
}

/** When the form of this op was opened, which its id carries. */
function openedAt(id: string): string | null {
  const at_ms = timeOf(id);
  return at_ms === null ? null : new Date(at_ms).toISOString();
}

/** While the phone is locked, only the organisation can read what goes out: its body goes as it is sealed to it. */
export function wire(row: OpRow): SentOp {
  const { id, seq, type, v, author, shift, hash, body, escrow } = row;
  const envelope = { id, seq, type, v, author, shift, hash };
  return isShut(row) && escrow !== null ? { ...envelope, sealed: escrow } : { ...envelope, body };
}

/** Measures the phone's clock against the server's in one exchange: half of the round trip counts as the way back. */
function startClock(): (server_time: string) => Promise<void> {
  const started = performance.now();
  return async (server_time) => {
    const rtt_ms = Math.round(performance.now() - started);
    const offset_ms = Math.round(Date.parse(server_time) - (Date.now() - rtt_ms / 2));
    if (Number.isFinite(offset_ms)) await compareClock({ offset_ms, rtt_ms }).catch(() => undefined);
  };
}

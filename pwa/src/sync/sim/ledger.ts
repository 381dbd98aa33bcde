/** The outside ledger: what phones called saved, and what must hold of phones and server after every step. */
import type { OpRow, SealedOp } from "../../store/rows";
import type { OwnOp } from "../../store/types";
import type { Phone } from "./phone";
import { hashOf, type Row, receiptKey, type Server, type Stored } from "./server";

export class Broken extends Error {
  override name = "Broken";
}

export function must(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Broken(what);
}

/** Enough of an id to tell it from others in a trace. */
export const short = (id: string) => id.slice(9, 23);

interface Saved {
  phone: Phone;
  hash: string;
  author: string;
  words: string;
}

const KEEP_MS = 14 * 86_400_000;

export class Ledger {
  readonly saved = new Map<string, Saved>();
  private readonly rows = new Map<Phone, Map<string, OpRow>>();
  private readonly numbers = new Map<string, string>();
  private readonly dropped = new Set<string>();
  private checked: Stored | null = null;

  constructor(
    private readonly server: Server,
    private readonly server_ms: () => number,
  ) {}

  /** A screen said "Sparad i telefonen". */
  save(phone: Phone, { id, hash, author }: OwnOp, form: { words: string; author: string }): void {
    const onDisk = phone.disk.ops().some((row) => row.id === id && row.hash === hash);
    must(onDisk || isBeside(phone, id, hash), `I2: ${id} was called saved and lies nowhere`);
    const before = this.saved.get(id);
    must(before === undefined || before.hash === hash, `I3: ${id} was saved twice with other bytes`);
    must(author === form.author, `I17: ${id} is said to be by ${author}, not by ${form.author}`);
    if (!before) this.saved.set(id, { phone, hash, author, words: form.words });
  }

  /** Only while nothing uncommitted lies in the phone's database. */
  checkPhone(phone: Phone): void {
    const before = this.rows.get(phone) ?? new Map<string, OpRow>();
    const now = new Map(phone.disk.ops().map((row) => [row.id, row]));
    this.rows.set(phone, now);
    for (const [id, row] of now) if (before.get(id) !== row) this.checkRow(row);
    for (const [id, row] of before) if (!now.has(id)) this.checkDropped(phone, row);
    for (const [id, { phone: owner, hash }] of this.saved)
      if (owner === phone && !now.has(id) && !this.dropped.has(id))
        must(isBeside(phone, id, hash) || this.isBack(phone, id), `I19: ${id} was called saved and is gone`);
    for (const { id, held } of phone.disk.held()) this.checkHeld(id, held.op);
    this.checkCache(phone);
  }

  /** Whose host asked for it: it is a draft again, and nothing that anybody was told is lost. */
  readonly mayBeBack = new Set<string>();

  back(id: string): void {
    this.saved.delete(id);
  }

  private isBack(phone: Phone, id: string): boolean {
    if (!this.mayBeBack.has(id) || !phone.disk.hasDraft(id)) return false;
    this.back(id);
    return true;
  }

  private checkHeld(id: string, { hash, body }: SealedOp): void {
    must(hashOf(body) === hash, `I3: the bytes of ${id}, which is held, are not those that were sealed`);
    const known = this.saved.get(id);
    must(!known || known.hash === hash, `I3: ${id} is held with other bytes than were called saved`);
  }

  private checkRow(row: OpRow): void {
    const { id, hash, body, install, seq, state, receipt } = row;
    must(hashOf(body) === hash, `I3: the bytes of ${id} are not those that were sealed`);
    const known = this.saved.get(id);
    must(!known || known.hash === hash, `I3: ${id} changed after it was called saved`);
    must(!known || known.author === row.author, `I17: ${id} changed its author`);
    const place = `${install} ${seq}`;
    const other = this.numbers.get(place) ?? id;
    must(other === id, `I12: ${place} is both ${other} and ${id}`);
    this.numbers.set(place, id);
    if (state !== "acked") return;
    const { issued, confirmed } = this.server;
    const isIssued =
      receipt !== null &&
      (issued.has(receiptKey(receipt.epoch, id, hash, receipt.seq)) ||
        confirmed.has([receipt.epoch, id, hash].join(" ")));
    must(isIssued, `I1: ${id} left the outbox without a receipt from the server`);
  }

  private checkDropped(phone: Phone, { id, hash, state, receipt }: OpRow): void {
    this.dropped.add(id);
    must(state === "acked" && receipt !== null, `I1: ${id} was dropped while ${state}`);
    if (phone.isRevoked) {
      must(this.holds(id, hash), `I19: a revoked phone was emptied of ${id}, which the server does not have`);
      this.server.pin(id);
      return;
    }
    const age_ms = this.server_ms() - Date.parse(receipt.received_at);
    must(age_ms >= KEEP_MS, `I11: ${id} was dropped after ${Math.round(age_ms / 3_600_000)} h`);
    const { durable } = this.server;
    const isCovered = durable === null || receipt.seq <= durable;
    must(isCovered && this.holds(id, hash), `I11: ${id} was dropped, and no copy of the server has it`);
  }

  /** I9, I10: what lies in the cache is what the server has up to the cursor, no more and no less. */
  private checkCache(phone: Phone): void {
    const [epoch, to] = phone.disk.cursor()?.split("|") ?? [null, "0"];
    const { stored } = this.server;
    if (epoch !== stored.epoch || this.server.isBehind) return;
    const due = stored.rows
      .filter(({ shown }) => shown !== null && shown <= Number(to))
      .map(({ op }) => op.id);
    const held = new Set(phone.disk.recordIds());
    const missing = due.filter((id) => !held.has(id));
    must(missing.length === 0, `I9/I10: the cursor is at ${to}, but ${missing.join()} was never applied`);
  }

  checkServer(): void {
    const { stored } = this.server;
    if (stored === this.checked) return;
    this.checked = stored;
    const applied = new Set<string>();
    const held = new Set<string>();
    for (const { op, status } of stored.rows) {
      must(!held.has(op.id + op.hash), `I4: ${op.id} is stored twice`);
      must(status !== "applied" || !applied.has(op.id), `I4: ${op.id} is applied twice`);
      held.add(op.id + op.hash);
      if (status === "applied") applied.add(op.id);
    }
  }

  private holds(id: string, hash: string): boolean {
    return this.server.stored.rows.some(({ op }) => op.id === id && op.hash === hash);
  }

  /** I22, first half: what still waits has a reason that the host can read. */
  checkNamed(phone: Phone): void {
    const silent = phone.disk
      .ops()
      .filter(({ state, why }) => state === "pending" || (state === "stuck" && !why));
    const late = [...silent, ...phone.disk.held()];
    must(late.length === 0, `I22: ${phone.name} still keeps ${late.map(({ id }) => id).join()} unsaid`);
  }

  /** Nothing waits any more, and the server holds what was saved, each once and byte for byte. */
  checkWhole(phones: readonly Phone[]): void {
    for (const phone of phones) {
      const left = phone.disk.ops().filter(({ state }) => state !== "acked");
      must(left.length === 0, `I22: ${phone.name} never got rid of ${left.map(({ id }) => id).join()}`);
      must(phone.disk.held().length === 0, `I22: ${phone.name} holds records back for ever`);
      must(!phone.storage.has("lykta.journal"), `I22: ${phone.name} still keeps copies beside the database`);
      checkNumbers(phone, this.numbers);
    }
    for (const [id, saved] of this.saved) this.checkArrived(id, saved);
  }

  private checkArrived(id: string, { phone, hash, author, words }: Saved): void {
    const rows = this.server.stored.rows.filter(({ op }) => op.id === id && op.hash === hash);
    must(rows.length === 1, `${id} of ${phone.name} is on the server ${rows.length} times`);
    const { op } = rows[0] as Row;
    must(hashOf(op.body) === hash, `I3: ${id} arrived with other bytes`);
    must(op.author === author, `I17: ${id} arrived as by ${op.author}`);
    must(op.body.includes(words), `${id} arrived without its words`);
  }
}

/** In the journal, or held among the forms. */
function isBeside(phone: Phone, id: string, hash: string): boolean {
  const journaled: { id: string; hash: string }[] = JSON.parse(phone.storage.get("lykta.journal") ?? "[]");
  const held = phone.disk.held().map((row) => row.held.op);
  return [...journaled, ...held].some((op) => op.id === id && op.hash === hash);
}

/** I12: every number that was given out belongs to an op. */
function checkNumbers(phone: Phone, numbers: ReadonlyMap<string, string>): void {
  const install = phone.disk.install();
  if (!install) return;
  for (let seq = 1; seq < install.next_seq; seq++)
    must(numbers.has(`${install.id} ${seq}`), `I12: ${phone.name} has a hole at ${seq}`);
}

/** What must hold of photos, on phones, on their way and on the server, whatever happens (I11, I14, I19). */
import type { OpRow } from "../../store/rows";
import { type Chunk, hexOf, named } from "./blobs";
import { must } from "./ledger";
import type { Phone } from "./phone";
import type { Server } from "./server";

const brief = (sha256: string) => `photo ${sha256.slice(0, 8)}`;
type Rows = ReturnType<Phone["disk"]["photos"]>;

export class Photos {
  /** Every picture that was taken, by the hash of its bytes. */
  readonly taken = new Map<string, Uint8Array>();
  private readonly keptOn = new Map<Phone, Set<string>>();
  private readonly rows = new Map<Phone, Rows>();
  private readonly named = new Map<string, readonly string[]>();

  constructor(private readonly server: Server) {}

  take(sha256: string, bytes: Uint8Array): void {
    this.taken.set(sha256, bytes);
  }

  /** A screen showed the picture in its form: it lies on the phone, all of it. */
  kept(phone: Phone, sha256: string): void {
    const kept = this.keptOn.get(phone) ?? new Set();
    this.keptOn.set(phone, kept.add(sha256));
  }

  namedBy(op: Pick<OpRow, "id" | "type" | "body">): readonly string[] {
    const known = this.named.get(op.id) ?? named(op);
    this.named.set(op.id, known);
    return known;
  }

  /** Only while nothing uncommitted lies in the phone's databases. */
  checkPhone(phone: Phone): void {
    const before = this.rows.get(phone) ?? new Map();
    const now = new Map(phone.disk.photos());
    this.rows.set(phone, now);
    for (const [sha256, row] of now) {
      if (before.get(sha256) === row) continue;
      const { state, offset } = row;
      if (!before.has(sha256)) this.checkBytes(phone, sha256);
      must(
        state !== "sent" || this.server.completed.has(sha256),
        `I14: ${brief(sha256)} is called sent, and the server never had all of it`,
      );
      const reached = this.server.reached.get(sha256) ?? 0;
      must(
        offset <= reached,
        `I14: ${brief(sha256)} is noted at ${offset}, the server never said ${reached}`,
      );
    }
    for (const [sha256, { state }] of before)
      must(now.has(sha256) || state !== "waiting", `I19: ${brief(sha256)} waited to be sent and is gone`);
    const kept = this.keptOn.get(phone);
    if (kept === undefined) return;
    for (const op of phone.disk.ops())
      for (const sha256 of this.namedBy(op))
        must(now.has(sha256) || !kept.has(sha256), `I11: ${op.id} lies here without its ${brief(sha256)}`);
  }

  private checkBytes(phone: Phone, sha256: string): void {
    const isWhole = hexOf(phone.disk.photoBytes(sha256)) === sha256;
    must(isWhole, `I2: ${brief(sha256)} does not lie on ${phone.name} as it was taken`);
  }

  /** What a phone sends is that part of the picture, and says so of itself. */
  checkChunk({ sha256, patch }: Chunk): void {
    if (patch === null) return;
    const { offset, size, isLast, bytes } = patch;
    const whole = this.taken.get(sha256) ?? new Uint8Array();
    const part = whole.subarray(offset, offset + bytes.length);
    must(size === whole.length, `I14: ${brief(sha256)} is said to be ${size} bytes long`);
    must(isLast === (offset + bytes.length === size), `I14: ${brief(sha256)} ends at the wrong place`);
    must(Buffer.compare(part, bytes) === 0, `I14: other bytes than those of ${brief(sha256)} go out`);
  }

  /** What the server calls complete is what its name says, at any time. */
  checkServer(): void {
    for (const [sha256, { bytes, isComplete }] of this.server.stored.blobs) {
      if (!isComplete || this.proved.has(bytes)) continue;
      must(hexOf(bytes) === sha256, `I14: the server calls ${brief(sha256)} complete`);
      this.proved.add(bytes);
    }
  }

  private readonly proved = new WeakSet<Uint8Array>();

  /** After healing: every photo that a stored record names is there whole. */
  checkWhole(): void {
    const { rows, blobs } = this.server.stored;
    for (const { op } of rows)
      for (const sha256 of this.namedBy(op)) {
        const isHere = blobs.get(sha256)?.isComplete === true;
        must(isHere, `I22: ${op.id} is on the server without its ${brief(sha256)}`);
      }
  }

  /** Still on some phone that can be asked for it. */
  isOnPhone(phones: readonly Phone[], sha256: string): boolean {
    return phones.some(({ disk }) => {
      if (!disk.photos().has(sha256)) return false;
      return disk.ops().some((op) => this.namedBy(op).includes(sha256));
    });
  }
}

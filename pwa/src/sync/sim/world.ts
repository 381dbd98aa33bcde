/** One simulated town: phones, hosts, a network and a server, all of it decided by one seed. */
import type { PushRequest } from "../../api/wire";
import type { OwnOp } from "../../store/types";
import { ACTS, type ActName, acts, type Form } from "./acts";
import type * as App from "./app";
import type { Chunk } from "./blobs";
import { bundleApp, bundleDatabases } from "./bundle";
import { Dice } from "./dice";
import type { Databases } from "./disk";
import { Lanes } from "./lanes";
import { Broken, Ledger, must, short } from "./ledger";
import { Loop } from "./loop";
import { type Flight, Network } from "./network";
import { type Parts, Phone } from "./phone";
import { Photos } from "./photo-ledger";
import { Server } from "./server";
import { BEGIN_MS, type Tab } from "./tab";

const HEAL_MS = 40 * 60_000;
const HEAL_STEPS_MAX = 60_000;
const TRACE_MAX = 80;

let parts: Promise<Parts> | null = null;

/** The real code, bundled once for all worlds of a run. */
export function prepare(): Promise<Parts> {
  parts ??= Promise.all([
    bundleApp<typeof App>(),
    bundleDatabases<Databases & Record<string, unknown>>(),
  ]).then(([app, databases]) => ({ app, databases }));
  return parts;
}

export class World {
  readonly dice: Dice;
  readonly loop = new Loop();
  readonly server: Server;
  readonly network: Network;
  readonly ledger: Ledger;
  readonly photos: Photos;
  /** Saved observations, to which photos may be added. */
  readonly observations: string[] = [];
  readonly phones: Phone[];
  build = "1";
  server_offset_ms = 0;
  isHealing = false;
  private readonly trace: string[] = [];
  /** Found inside a task, where a throw would reach the code under test. */
  private broken: unknown = null;
  private readonly looked = new Map<Phone, number>();
  private readonly lanes = new Lanes(() => this.loop.now_ms);

  constructor(
    readonly seed: number,
    made: Parts,
  ) {
    this.dice = new Dice(seed);
    const server_ms = () => BEGIN_MS + this.loop.now_ms + this.server_offset_ms;
    this.server = new Server(() => `e-${this.dice.uuid().slice(0, 8)}`, server_ms, this.dice.chance(0.8));
    this.network = new Network(this.loop, this.dice, this.server, {
      push: (tab, push, flight) => this.onPush(tab, push, flight),
      chunk: (tab, chunk, flight) => this.onChunk(tab, chunk, flight),
    });
    this.ledger = new Ledger(this.server, server_ms);
    this.photos = new Photos(this.server);
    this.phones = Array.from({ length: this.dice.between(2, 4) }, (_, n) => {
      const hasLocks = this.dice.chance(0.7);
      return new Phone(`phone ${n + 1}`, this.loop, this.dice, made, this.network.fetch, hasLocks);
    });
    this.network.trouble = this.dice.next();
  }

  note(what: string): void {
    this.trace.push(`${(this.loop.now_ms / 1000).toFixed(3)} s: ${what}`);
    if (this.trace.length > TRACE_MAX) this.trace.shift();
  }

  /** `steps` of trouble, then healing; raises Broken with the seed and what went before. */
  async live(steps: number): Promise<void> {
    try {
      for (const phone of this.phones) phone.open(this.build);
      this.actSoon();
      while (this.loop.steps < steps) await this.turn(Number.POSITIVE_INFINITY);
      await this.heal();
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      const story = this.trace.join("\n  ");
      throw new Broken(`seed ${this.seed}, step ${this.loop.steps}: ${error.message}\n  ${story}`);
    }
  }

  /** All that a run leaves behind, to be compared with another run of the same seed. */
  outcome() {
    const { steps, now_ms } = this.loop;
    const stored = this.server.stored.rows.map(({ op, chain }) => [op.id, chain]);
    return { steps, now_ms, stored, trace: [...this.trace] };
  }

  private actSoon(): void {
    this.loop.after(this.dice.between(100, 6_000), () => {
      if (this.isHealing) return;
      const name: ActName = this.dice.weighted(ACTS);
      acts[name](this);
      this.actSoon();
    });
  }

  private async turn(until_ms: number): Promise<boolean> {
    const isMore = await this.loop.turn(until_ms);
    if (this.broken !== null) throw this.broken;
    for (const phone of this.phones) {
      const { commits } = phone.disk;
      if (phone.disk.isWriting || this.looked.get(phone) === commits) continue;
      this.looked.set(phone, commits);
      this.ledger.checkPhone(phone);
      this.photos.checkPhone(phone);
    }
    this.ledger.checkServer();
    this.photos.checkServer();
    return isMore;
  }

  /** Everything works again: first with the pages as they are, then after an update of the app. */
  private async heal(): Promise<void> {
    this.isHealing = true;
    this.network.trouble = 0;
    this.network.poison.clear();
    this.network.isServerDown = false;
    for (const phone of this.phones) {
      phone.isSignedOut = false;
      phone.setOffline(false);
      if (!phone.tabs.some((tab) => tab.isUsable)) phone.open(this.build);
      for (const tab of phone.tabs) if (!tab.frozen) tab.show(true);
    }
    this.note("everything works again");
    await this.settle();
    for (const phone of this.phones) this.ledger.checkNamed(phone);
    this.build = "2";
    for (const phone of this.phones) {
      for (const tab of [...phone.tabs]) tab.kill();
      phone.open(this.build);
    }
    this.note("every page is opened anew, by an updated app");
    await this.settle();
    this.ledger.checkWhole(this.phones);
    this.photos.checkWhole();
  }

  /** A while in which every host writes once more. */
  private async settle(): Promise<void> {
    const until_ms = this.loop.now_ms + HEAL_MS;
    const steps_max = this.loop.steps + HEAL_STEPS_MAX;
    this.loop.after(60_000, () => {
      for (const phone of this.phones) acts.write(this, phone);
    });
    while (await this.turn(until_ms))
      must(this.loop.steps < steps_max, "I22: the phones are busy without end");
  }

  /** A screen said that an op lies in the phone. */
  saved(tab: Tab, op: OwnOp, form: Form): void {
    this.watch(() => this.ledger.save(tab.phone, op, form));
    if (op.type === "observation.create") this.observations.push(op.id);
    this.lanes.saved(tab, op);
  }

  private watch(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.broken ??= error;
    }
  }

  private onPush(tab: Tab, { ops }: PushRequest, flight: Flight): void {
    this.note(`${tab.phone.name} sends ${ops.map(({ id, type }) => `${type} ${short(id)}`).join(", ")}`);
    this.watch(() => this.lanes.push(tab, ops, flight));
  }

  private onChunk(tab: Tab, chunk: Chunk, flight: Flight): void {
    const { sha256, patch } = chunk;
    const part = patch ? `at ${patch.offset} of ${patch.size}` : "is asked after";
    this.note(`${tab.phone.name}: ${sha256.slice(0, 8)} ${part}`);
    this.watch(() => {
      this.photos.checkChunk(chunk);
      this.lanes.chunk(tab, flight);
    });
  }
}

/** What goes before what (I13, I20): calls for help, other words, photos. Told from what each page sends, and when. */
import type { WireOp } from "../../api/wire";
import type { OwnOp } from "../../store/types";
import { must } from "./ledger";
import type { Flight } from "./network";
import type { Tab } from "./tab";

/** For what lies between deciding and sending. */
const LANE_MS = 10_000;
/** So long a record can be had back. */
const HELD_MS = 10_000;
const isUrgent = (type: string) => type.startsWith("escalation.");

interface Sending {
  /** Saved in this page and not yet sent by it, since when. */
  waiting: Map<string, { since_ms: number; isUrgent: boolean }>;
  sent: Set<string>;
  urgent: Flight[];
  chunks: Flight[];
}

export class Lanes {
  private readonly tabs = new WeakMap<Tab, Sending>();

  constructor(private readonly now_ms: () => number) {}

  saved(tab: Tab, { id, type }: OwnOp): void {
    const { sent, waiting } = this.of(tab);
    // A second try at saving what this page has sent already starts no new wait.
    if (sent.has(id)) return;
    const isHeld = tab.phone.disk.held().some((row) => row.id === id);
    waiting.set(id, { since_ms: this.now_ms() + (isHeld ? HELD_MS : 0), isUrgent: isUrgent(type) });
  }

  push(tab: Tab, ops: readonly WireOp[], flight: Flight): void {
    const page = this.of(tab);
    const urgent = ops.filter(({ type }) => isUrgent(type));
    must(urgent.length === 0 || urgent.length === ops.length, "I20: an escalation goes out among other ops");
    for (const { id } of ops) {
      page.sent.add(id);
      page.waiting.delete(id);
    }
    if (urgent.length > 0) {
      const isAlone = page.chunks.every(({ isOver }) => isOver);
      must(isAlone, `I20: ${urgent[0]?.id} goes out beside a photo`);
      page.urgent = [...page.urgent.filter(({ isOver }) => !isOver), flight];
    } else {
      const late = this.late(tab).filter(([, { isUrgent: calls }]) => calls);
      must(late.length === 0, `I20: ${late.map(([id]) => id).join()} waits while other ops go out`);
    }
  }

  chunk(tab: Tab, flight: Flight): void {
    const page = this.of(tab);
    const late = this.late(tab).map(([id]) => id);
    must(late.length === 0, `I13: ${late.join()} waits while a photo goes out`);
    const isCalling = page.urgent.some(({ isOver }) => !isOver);
    must(!isCalling, "I20: a photo goes out beside a call for help");
    page.chunks = [...page.chunks.filter(({ isOver }) => !isOver), flight];
  }

  private late(tab: Tab) {
    const { waiting } = this.of(tab);
    if (waiting.size === 0) return [];
    const states = new Map(tab.phone.disk.ops().map(({ id, state }) => [id, state]));
    return [...waiting].filter(
      ([id, { since_ms }]) => states.get(id) === "pending" && this.now_ms() - since_ms > LANE_MS,
    );
  }

  private of(tab: Tab): Sending {
    const known = this.tabs.get(tab) ?? { waiting: new Map(), sent: new Set(), urgent: [], chunks: [] };
    this.tabs.set(tab, known);
    return known;
  }
}

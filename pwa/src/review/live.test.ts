import { beforeEach, describe, expect, it } from "vitest";
import { coalesce } from "./coalesce";
import { type Live, type LiveState, listen, type Source } from "./live";
import { restAfter } from "./load";
import type { Change } from "./types";

/** Stands in for EventSource; `emit` is the server speaking. */
class FakeSource implements Source {
  readyState = 0;
  closed = false;
  private readonly listeners = new Map<string, (event: { data?: unknown }) => void>();

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.closed = true;
  }
  emit(type: string, data?: unknown): void {
    this.listeners.get(type)?.({ data });
  }
  opened(): void {
    this.readyState = 1;
    this.emit("open");
  }
  dropped(isFinal: boolean): void {
    this.readyState = isFinal ? 2 : 0;
    this.emit("error");
  }
}

class Timers {
  waiting: { delay_ms: number; work: () => void }[] = [];
  after = (delay_ms: number, work: () => void) => {
    const timer = { delay_ms, work };
    this.waiting.push(timer);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== timer);
    };
  };
  run(): void {
    const due = this.waiting;
    this.waiting = [];
    for (const { work } of due) work();
  }
}

let sources: FakeSource[];
let timers: Timers;
let changes: Change[];
let missed: number;
let states: LiveState[];
let live: Live;
let now = 1000;

const last = () => {
  const source = sources.at(-1);
  if (!source) throw new Error("nothing was opened");
  return source;
};

beforeEach(() => {
  sources = [];
  timers = new Timers();
  changes = [];
  missed = 0;
  states = [];
  now = 1000;
  live = listen({
    url: "/live",
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    now: () => now,
    after: timers.after,
    random: () => 1,
    onChange: (change) => changes.push(change),
    onMissed: () => missed++,
    onState: (state) => states.push(state),
  });
});

describe("the live line", () => {
  it("hands over what changed, and says that it is connected", () => {
    last().opened();
    last().emit("change", '{"seq":8124,"shifts":["s1"],"kinds":["observation"]}');
    expect(changes).toEqual([{ seq: 8124, shifts: ["s1"], kinds: ["observation"] }]);
    expect(states.at(-1)).toEqual({ is: "connected", heard_ms: 1000 });
    expect(missed).toBe(0);
  });

  it("lets the browser resume a dropped line by itself, and asks for nothing again", () => {
    last().opened();
    now = 5000;
    last().dropped(false);
    expect(states.at(-1)).toEqual({ is: "lost", since_ms: 5000 });
    expect(timers.waiting).toEqual([]);
    last().opened();
    expect(sources).toHaveLength(1);
    expect(missed).toBe(0);
    expect(states.at(-1)?.is).toBe("connected");
  });

  it("opens a new line when the browser has given up, later and later, and then asks for all again", () => {
    last().opened();
    last().dropped(true);
    expect(timers.waiting.map(({ delay_ms }) => delay_ms)).toEqual([1000]);
    timers.run();
    last().dropped(true);
    expect(timers.waiting.map(({ delay_ms }) => delay_ms)).toEqual([2000]);
    timers.run();
    expect(sources).toHaveLength(3);
    last().opened();
    expect(missed).toBe(1);
  });

  it("waits no longer than half a minute", () => {
    for (let i = 0; i < 12; i++) {
      last().dropped(true);
      expect(timers.waiting[0]?.delay_ms).toBeLessThanOrEqual(30_000);
      timers.run();
    }
  });

  it("keeps the time when it was lost through failed tries", () => {
    last().opened();
    now = 5000;
    last().dropped(true);
    timers.run();
    now = 9000;
    last().dropped(true);
    expect(states.at(-1)).toEqual({ is: "lost", since_ms: 5000 });
  });

  it("tries at once when asked to", () => {
    last().dropped(true);
    live.retry();
    expect(sources).toHaveLength(2);
    expect(timers.waiting).toEqual([]);
  });

  it("asks for all again after a reset, or when a change cannot be read", () => {
    last().opened();
    last().emit("reset");
    last().emit("change", "<html>");
    expect(missed).toBe(2);
  });

  it("hears nothing more of a line that it has left", () => {
    const first = last();
    first.opened();
    live.close();
    first.emit("change", '{"seq":1,"shifts":[],"kinds":[]}');
    first.dropped(true);
    expect(first.closed).toBe(true);
    expect(changes).toEqual([]);
    expect(timers.waiting).toEqual([]);
  });
});

describe("many changes", () => {
  let now_ms = 0;
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

  it("become one request after a rest, the last one not forgotten", async () => {
    let asked = 0;
    const wish = coalesce(
      async () => {
        asked++;
      },
      { rest_ms: restAfter, after: timers.after, now: () => now_ms },
    );
    for (let i = 0; i < 20; i++) wish();
    expect(asked).toBe(1);
    await settled();
    expect(timers.waiting.map(({ delay_ms }) => delay_ms)).toEqual([300]);
    timers.run();
    expect(asked).toBe(2);
    await settled();
    timers.run();
    expect(asked).toBe(2);
  });

  it("are asked for less often of a server that is slow to answer", async () => {
    const wish = coalesce(
      async () => {
        now_ms += 700;
      },
      { rest_ms: restAfter, after: timers.after, now: () => now_ms },
    );
    wish();
    await settled();
    expect(timers.waiting.map(({ delay_ms }) => delay_ms)).toEqual([700]);
    expect([restAfter(0), restAfter(60_000)]).toEqual([300, 3000]);
  });

  it("never ask twice at the same time, and go on after a failure", async () => {
    let asked = 0;
    const wish = coalesce(
      async () => {
        asked++;
        throw new Error("offline");
      },
      { rest_ms: restAfter, after: timers.after, now: () => now_ms },
    );
    wish();
    wish();
    expect(asked).toBe(1);
    await settled();
    timers.run();
    expect(asked).toBe(2);
  });
});

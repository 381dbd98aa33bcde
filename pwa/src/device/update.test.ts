import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { registerServiceWorker } from "./update";

class Worker extends EventTarget {
  state = "installing";
  become(state: string) {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  installing: Worker | null = new Worker();
  waiting: Worker | null = null;
  active: Worker | null = null;
}

const register = vi.fn<(url: string) => Promise<Registration>>();

beforeEach(() => {
  vi.useFakeTimers();
  register.mockReset();
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: { register, controller: null },
  });
});

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

describe("the first install", () => {
  it("is tried again after coverage was lost under it", async () => {
    const broken = new Registration();
    register.mockResolvedValueOnce(broken).mockResolvedValueOnce(new Registration());
    await registerServiceWorker();
    broken.installing?.become("redundant");
    await vi.advanceTimersByTimeAsync(11_000);
    expect(register).toHaveBeenCalledTimes(2);
  });

  it("is tried again, ever more seldom, where it cannot even begin", async () => {
    register.mockRejectedValue(new TypeError("Failed to fetch"));
    await registerServiceWorker();
    await vi.advanceTimersByTimeAsync(35_000);
    expect(register).toHaveBeenCalledTimes(3);
  });

  it("is left alone once it has come about, also when a later version fails", async () => {
    const held = new Registration();
    register.mockResolvedValue(held);
    await registerServiceWorker();
    held.active = held.installing;
    held.installing = new Worker();
    held.dispatchEvent(new Event("updatefound"));
    held.installing.become("redundant");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(register).toHaveBeenCalledTimes(1);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { applyUpdate, registerServiceWorker, updateReady } from "./update";

class Worker extends EventTarget {
  state = "installing";
  postMessage = vi.fn();
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
let container: EventTarget & { controller: Worker | null };

beforeEach(() => {
  vi.useFakeTimers();
  register.mockReset();
  updateReady.value = false;
  container = Object.assign(new EventTarget(), { register, controller: null });
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: container });
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

/** As a worker that is about to control pages tells them. */
function takesControl(worker: Worker): void {
  container.controller = worker;
  container.dispatchEvent(new Event("controllerchange"));
}

describe("a new version", () => {
  it("is put to use when it is active, however long that takes, and once", async () => {
    const held = new Registration();
    container.controller = new Worker();
    held.waiting = new Worker();
    register.mockResolvedValue(held);
    await registerServiceWorker();
    expect(updateReady.value).toBe(true);
    const reload = vi.fn();
    expect(applyUpdate(reload)).toBe(true);
    expect(held.waiting.postMessage).toHaveBeenCalledWith({ type: "skip-waiting" });
    held.waiting.become("activating");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(reload).not.toHaveBeenCalled();
    held.waiting.become("activated");
    takesControl(held.waiting);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reload).toHaveBeenCalledOnce();
  });

  it("is put to use all the same where nothing is ever told", async () => {
    const held = new Registration();
    held.waiting = new Worker();
    register.mockResolvedValue(held);
    await registerServiceWorker();
    const reload = vi.fn();
    applyUpdate(reload);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reload).toHaveBeenCalledOnce();
  });

  it("that another page put to use is offered here, and only needs a reload", async () => {
    container.controller = new Worker();
    register.mockResolvedValue(new Registration());
    await registerServiceWorker();
    takesControl(new Worker());
    expect(updateReady.value).toBe(true);
    const reload = vi.fn();
    expect(applyUpdate(reload)).toBe(true);
    expect(reload).toHaveBeenCalledOnce();
  });

  it("is not what the first worker brings when it takes control", async () => {
    register.mockResolvedValue(new Registration());
    await registerServiceWorker();
    takesControl(new Worker());
    expect(updateReady.value).toBe(false);
  });
});

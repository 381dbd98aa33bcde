import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepDeskFiles } from "./desk-kept";

const postMessage = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  postMessage.mockReset();
});

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

const workers = (ready: Promise<unknown>) =>
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: { ready } });

it("asks as soon as there is a service worker, again while the desk is seen, and never once it has gone", async () => {
  let install: (held: object) => void = () => undefined;
  workers(new Promise((resolve) => (install = resolve)));
  const end = keepDeskFiles();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(postMessage).not.toHaveBeenCalled();
  install({ active: { postMessage } });
  await vi.advanceTimersByTimeAsync(0);
  expect(postMessage.mock.calls).toEqual([[{ type: "keep-desk" }]]);
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  expect(postMessage).toHaveBeenCalledTimes(2);
  end();
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  expect(postMessage).toHaveBeenCalledTimes(2);
});

it("does nothing in a browser without service workers", () => {
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: undefined });
  expect(() => keepDeskFiles()()).not.toThrow();
});

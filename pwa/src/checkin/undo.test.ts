import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setStage } from "../shell/testing/cast";
import { add, drafts, emptyOutbox, failToSave } from "../shell/testing/outbox";
import type { OpData } from "../store/types";
import { held, hold, sealHeld, UNDO_MS, undo } from "./undo";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

const ok: OpData["checkin.create"] = { kind: "ok", place_id: null, note: null, next_due: null };

beforeEach(() => {
  vi.useFakeTimers();
  setStage();
  emptyOutbox();
});
afterEach(() => vi.useRealTimers());

describe("a check-in in one tap", () => {
  it("is kept on the phone at once and sealed after five seconds", async () => {
    hold(ok, "s-1");
    expect(drafts.value).toHaveLength(1);
    expect(add).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(add).toHaveBeenCalledOnce();
    expect(held.value).toBeNull();
    expect(drafts.value).toHaveLength(0);
  });

  it("can be undone before it is sealed, and then nothing was said", async () => {
    hold(ok, "s-1");
    await undo();
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(add).not.toHaveBeenCalled();
    expect(drafts.value).toHaveLength(0);
  });

  it("is one check-in however often the button is hit", async () => {
    hold(ok, "s-1");
    hold(ok, "s-1");
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(add).toHaveBeenCalledOnce();
  });

  it("is sealed at once when the phone is put away", async () => {
    hold(ok, "s-1");
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(add).toHaveBeenCalledOnce();
  });

  it("stays on the screen when it could not be saved, and can be tried again", async () => {
    failToSave();
    hold(ok, "s-1");
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(held.value?.phase).toBe("failed");
    await sealHeld();
    expect(held.value).toBeNull();
  });
});

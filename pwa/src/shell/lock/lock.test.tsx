import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockNow, unlock, waitLeft_ms } from "../../outbox/lock";
import { me, organisation, unsentCount } from "../../store/state";
import { lockState, restate, unlockForGood } from "../../store/vault";
import { syncState } from "../../sync";
import { setStage } from "../testing/cast";
import { tap, type } from "../testing/play";
import { LockScreen } from "./LockScreen";
import { watchLock } from "./watch";

vi.mock("../../outbox/lock", () => ({
  unlock: vi.fn(),
  unlockByPasskey: vi.fn(),
  waitLeft_ms: vi.fn(async () => 0),
  lockNow: vi.fn(async () => undefined),
}));

beforeEach(() => {
  setStage();
  vi.mocked(unlock).mockReset();
  vi.mocked(lockNow).mockClear();
  vi.mocked(waitLeft_ms).mockResolvedValue(0);
});
afterEach(() => {
  cleanup();
  unlockForGood();
});

describe("the lock screen", () => {
  it("calls for help without the PIN, and shows nothing of what was written", async () => {
    organisation.value = "Lyckhamns kommun";
    const { container } = render(<LockScreen />);
    expect(screen.getByText("Lyckhamns kommun")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Larma" }).getAttribute("href")).toBe("#/larm");
    const call = screen.getByRole("link", { name: "Ring 112" });
    expect(call.getAttribute("href")).toMatch(/^#\/ring\/kort\/[^?]+$/);
    expect(container.textContent).not.toContain(me.value?.name);
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(violations).toEqual([]);
  });

  it("says what waits, and for what", () => {
    unsentCount.value = 2;
    syncState.value = { ...syncState.value, online: true, problem: "signin" };
    render(<LockScreen />);
    expect(screen.getByText("2 poster väntar på att skickas. Det sker utan PIN.")).toBeTruthy();
    expect(screen.getByText(/Servern vill veta vem du är/)).toBeTruthy();
  });

  it("says that a wrong PIN erases nothing, and then how long to wait", async () => {
    vi.mocked(unlock).mockResolvedValueOnce({ is: "wrong", wait_ms: 0 });
    render(<LockScreen />);
    type("PIN", "111222");
    await tap("Lås upp");
    expect(await screen.findByText("Fel PIN. Inget har raderats.")).toBeTruthy();
    vi.mocked(unlock).mockResolvedValueOnce({ is: "wrong", wait_ms: 30_000 });
    type("PIN", "111222");
    await tap("Lås upp");
    expect(await screen.findByText("Fel PIN. Vänta 30 sekunder.")).toBeTruthy();
    type("PIN", "111222");
    await tap("Lås upp");
    expect(unlock).toHaveBeenCalledTimes(2);
  });

  it("goes on waiting after a restart", async () => {
    vi.mocked(waitLeft_ms).mockResolvedValue(12_000);
    render(<LockScreen />);
    await waitFor(() => expect(screen.getByText("Fel PIN. Vänta 12 sekunder.")).toBeTruthy());
  });
});

describe("locking by itself", () => {
  const lock = { minutes: 5 } as Parameters<typeof restate>[0];
  const look = () => document.dispatchEvent(new Event("visibilitychange"));

  it.each([
    [4, 0],
    [5, 1],
    [-600, 1],
  ])("after %i minutes without a touch: %i times", (minutes, times) => {
    let now_ms = 1_000_000_000;
    restate(lock);
    lockState.value = "open";
    const end = watchLock(() => now_ms);
    now_ms += minutes * 60_000;
    look();
    expect(lockNow).toHaveBeenCalledTimes(times);
    end();
  });

  it("a touch begins it anew, and 0 minutes is never", () => {
    let now_ms = 0;
    restate(lock);
    lockState.value = "open";
    const end = watchLock(() => now_ms);
    now_ms += 4 * 60_000;
    document.dispatchEvent(new Event("pointerdown"));
    now_ms += 4 * 60_000;
    look();
    restate({ ...lock, minutes: 0 });
    now_ms += 400 * 60_000;
    look();
    expect(lockNow).not.toHaveBeenCalled();
    end();
  });
});

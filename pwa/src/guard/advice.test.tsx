import { cleanup, render, screen } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CallScreen } from "../escalation/CallScreen";
import { HomeScreen } from "../shell/HomeScreen";
import { HostApp } from "../shell/HostApp";
import { LockScreen } from "../shell/lock/LockScreen";
import { setStage } from "../shell/testing/cast";
import { emptyOutbox } from "../shell/testing/outbox";
import { seen } from "../shell/testing/play";
import { go } from "../ui";
import { hasGuide } from "./Guide";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

beforeEach(() => {
  setStage();
  emptyOutbox();
});
afterEach(cleanup);

describe("advice at hand", () => {
  it.each([
    ["the start view", () => <HomeScreen />],
    ["Ring", () => <CallScreen />],
    ["the lock screen", () => <LockScreen />],
  ])("is one tap from %s", (_, Screen) => {
    render(<Screen />);
    const link = screen.getByRole("link", { name: "Råd: suicidrisk, hot, befogenheter" });
    expect(link.getAttribute("href")).toBe("#/rad");
  });

  it("says the same before anything is written, and what hosts may not do", async () => {
    go("#/rad");
    const { container } = render(<HostApp hasDesk={false} />);
    await seen("Inga befogenheter");
    const headings = [...container.querySelectorAll("h1, h2")].map(
      (one) => `${one.tagName} ${one.textContent?.trim()}`,
    );
    expect(headings).toEqual([
      "H1 Råd",
      "H2 Någon mår så dåligt att livet är i fara",
      "H2 Hot eller våld mot er",
      "H2 Inga befogenheter",
    ]);
    expect(screen.getByText(/gripa, hålla kvar, visitera, ta ifrån eller avvisa någon/)).toBeTruthy();
    expect(screen.getByText("Ni kan: titta, prata, hålla avstånd, ringa, skriva.")).toBeTruthy();
    const call = screen.getByRole("link", { name: "Ring 112" });
    expect(call.getAttribute("href")).toMatch(/^#\/ring\/kort\//);
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(violations).toEqual([]);
  });

  it("is no category of its own", () => {
    expect([hasGuide("H2"), hasGuide("powers"), hasGuide("E2")]).toEqual([true, false, false]);
  });
});

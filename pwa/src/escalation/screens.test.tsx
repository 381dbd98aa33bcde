import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setStage, words } from "../shell/testing/cast";
import { add, drafts, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { contacts, ownOps, vocabulary } from "../store/state";
import { language } from "../text";
import { whenSv } from "../text/services";
import { now_ms } from "../ui/now";
import { AttemptScreen } from "./AttemptScreen";
import { CallScreen } from "./CallScreen";
import { EscalationScreen } from "./EscalationScreen";
import { LogCallScreen } from "./LogCallScreen";
import { OpenStrip } from "./OpenStrip";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

beforeEach(() => {
  // Open calls are pressed upon the host for a day from now: these tests live in the present.
  setStage({ at_ms: Date.now() });
  emptyOutbox();
});
afterEach(cleanup);

const called = () =>
  add({
    id: "e-1",
    type: "escalation.create",
    shift: null,
    position: null,
    data: { service: "ORDV", channel: "phone", observation_id: null, cause: "Bråk" },
  });

describe("Ring", () => {
  it("opens the speaking card for 112 and claims nothing", async () => {
    render(<CallScreen />);
    await tap("Ring 112");
    expect(location.hash).toMatch(/^#\/ring\/kort\/id-\d+$/);
    expect(add).not.toHaveBeenCalled();
    expect(screen.getByText("Appen ringer inte själv och är inget personlarm.")).toBeTruthy();
  });

  it("shows the organisation's numbers with their hours, each one tap from its card", async () => {
    contacts.value = [
      {
        id: "c",
        service: "ORDV",
        name: "Vakten",
        number: "070-1",
        hours: "Dygnet runt",
        note: null,
        checked_on: null,
      },
    ];
    render(<CallScreen />);
    expect(screen.getByText("Vakten · Dygnet runt")).toBeTruthy();
    await tap(/^Ring ?070-1 ?Vakten/);
    expect(location.hash).toMatch(/\?tjanst=ORDV&kontakt=c$/);
  });

  it("says when each of the shipped services is rung, in the reader's language", () => {
    render(<CallScreen />);
    expect(screen.getByText("Barn som far illa: det räcker med misstanke")).toBeTruthy();
    expect(Object.keys(whenSv)).toEqual(words.services.map(({ code }) => code));
    cleanup();
    language.value = "en";
    render(<CallScreen />);
    expect(screen.getByText("Child fares ill, suspicion enough")).toBeTruthy();
    expect(screen.queryByText(/misstanke/)).toBeNull();
  });

  it("still has 112 before anything has been fetched", () => {
    vocabulary.value = null;
    render(<CallScreen />);
    expect(screen.getByRole("button", { name: "Ring 112" })).toBeTruthy();
    expect(screen.getByText("112 går alltid att ringa.")).toBeTruthy();
  });
});

describe("Logga tillkallad hjälp", () => {
  it("saves the service and why, without an attempt", async () => {
    render(<LogCallScreen id="e-1" service="ORDV" />);
    type("Varför", "Bråk, 5–8 personer");
    await tap("Spara");
    await waitFor(() =>
      expect(add.mock.calls[0]?.[0]).toMatchObject({
        id: "e-1",
        type: "escalation.create",
        data: { service: "ORDV", channel: "phone", cause: "Bråk, 5–8 personer" },
      }),
    );
    expect(add).toHaveBeenCalledOnce();
  });

  it("says that nobody has called until somebody says so", async () => {
    await called();
    render(<EscalationScreen id="e-1" />);
    expect(screen.getByText(/Ingen har sagt att någon ringt/)).toBeTruthy();
    cleanup();
    render(<OpenStrip />);
    expect(screen.getByText("Inget försök loggat")).toBeTruthy();
  });

  it("is followed at the top of every screen, the newest of several", async () => {
    await called();
    const data = { service: "AMB112", channel: "phone", observation_id: null, cause: null } as const;
    await add({ id: "e-2", type: "escalation.create", shift: null, position: null, data });
    ownOps.value = ownOps.value.map((op) => (op.id === "e-1" ? { ...op, wall: "2026-11-20T10:00:00Z" } : op));
    now_ms.value = Date.parse("2026-11-20T11:00:00Z");
    ownOps.value = ownOps.value.map((op) => (op.id === "e-2" ? { ...op, wall: "2026-11-20T10:30:00Z" } : op));
    render(<OpenStrip />);
    expect(screen.getByRole("link", { name: /^11:30 Ambulans/ })).toBeTruthy();
    expect(screen.queryByRole("link", { name: /Ordningsvakt/ })).toBeNull();
    expect(screen.getByRole("link", { name: "Och 1 till pågår" }).getAttribute("href")).toBe("#/ring");
  });

  it("is closed with an outcome", async () => {
    await called();
    render(<EscalationScreen id="e-1" />);
    await tap("Avsluta ärendet");
    const [, inSheet] = screen.getAllByRole("button", { name: "Avsluta ärendet" });
    inSheet?.click();
    await seen("Välj ett utfall.");
    await tap("Avbrutet, löst", "radio");
    inSheet?.click();
    await seen(/Avslutat: Avbrutet, löst/);
  });

  it("is not on every phone", () => {
    render(<EscalationScreen id="e-9" />);
    expect(screen.getByText("Posten finns inte på den här telefonen")).toBeTruthy();
  });
});

describe("a contact attempt", () => {
  it("is said with times from memory, one by one", async () => {
    await called();
    render(<AttemptScreen id="t-1" target="e-1" after={null} />);
    await tap("Spara");
    await seen("Säg när ni ringde. Ca går bra.");
    await tap("Ringde: Nu");
    await tap("Ringde: Ca");
    await tap("Fick svar: Nu");
    await tap("På väg", "radio");
    await tap("Spara");
    await waitFor(() =>
      expect(add.mock.calls[1]?.[0]).toMatchObject({
        type: "escalation.attempt",
        data: {
          target: "e-1",
          attempted: { kind: "about" },
          answered: { kind: "point" },
          arrived: null,
          outcome: "VAG",
        },
      }),
    );
  });

  it("stays when it could not be saved", async () => {
    await called();
    failToSave();
    render(<AttemptScreen id="t-1" target="e-1" after={null} />);
    await tap("Ringde: Nu");
    await tap("På väg", "radio");
    await tap("Spara");
    await seen(/INTE sparat/);
    expect(drafts.value).toHaveLength(1);
  });
});

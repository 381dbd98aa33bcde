// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Contact, OwnOp, Service } from "../store/types";
import { attemptData, attemptLacks, continued, emptyAttempt, parseAttempt } from "./fields";
import { directory, telHref } from "./services";
import { escalationViews } from "./view";

const service = (code: string, over: Partial<Service> = {}): Service => ({
  code,
  sv: code,
  en: code,
  number: null,
  emergency: false,
  channel_note: null,
  when_en: null,
  retired: null,
  ...over,
});
const contact = (id: string, of: string | null): Contact => ({
  id,
  service: of,
  name: id,
  number: "070-1",
  hours: null,
  note: null,
  checked_on: null,
});

describe("whom to ring", () => {
  const found = directory(
    [
      service("INFO", { number: "113 13" }),
      service("ORDV"),
      service("VAKT"),
      service("POL112", { number: "112", emergency: true }),
      service("OLD", { retired: "2026-01-01" }),
    ],
    [contact("c-1", "ORDV"), contact("c-2", null), contact("c-3", "OKÄND")],
  );

  it("is emergencies first, then own numbers, then national ones", () => {
    expect(found.emergency.map((card) => card.service.code)).toEqual(["POL112"]);
    expect(found.reachable.map((card) => card.service.code)).toEqual(["ORDV", "INFO"]);
    expect(found.unreachable.map((card) => card.service.code)).toEqual(["VAKT"]);
  });

  it("forgets no number, even of a service that this app does not know", () => {
    expect(found.others.map((one) => one.id)).toEqual(["c-2", "c-3"]);
  });

  it("dials what a dialler takes", () => {
    expect(telHref("070-123 45 67")).toBe("tel:0701234567");
    expect(telHref("+46 (0)10-1")).toBe("tel:+460101");
  });
});

const at = (from: string) => ({ kind: "point", from }) as const;

describe("an attempt", () => {
  it("needs a time and an outcome, and nothing else", () => {
    const empty = emptyAttempt("e-1");
    expect(attemptLacks(empty)).toBe("attempted");
    expect(attemptLacks({ ...empty, attempted: at("2026-11-20T19:31:00Z") })).toBe("outcome");
    expect(attemptData(empty)).toBeNull();
    const whole = { ...empty, attempted: at("2026-11-20T19:31:00Z"), outcome: "VAG" };
    expect(attemptData(whole)).toMatchObject({
      answered: null,
      arrived: null,
      reference: null,
      outcome: "VAG",
    });
  });

  it("goes on from the one before", () => {
    const before = {
      id: "t-1",
      authorId: "u-alva",
      statedAt: "",
      attempted: at("2026-11-20T19:31:00Z"),
      answered: at("2026-11-20T19:32:00Z"),
      arrived: null,
      left: null,
      outcome: "VAG",
      reference: "K-12",
      note: null,
    };
    expect(continued("e-1", before)).toMatchObject({
      answered: before.answered,
      reference: "K-12",
      outcome: null,
    });
  });

  it("comes back from a draft with its times", () => {
    const empty = emptyAttempt("e-1");
    const kept = JSON.parse(JSON.stringify({ ...empty, attempted: { kind: "about", from: "x" } }));
    expect(parseAttempt(empty)(kept)).toMatchObject({
      target: "e-1",
      attempted: { kind: "about", from: "x" },
    });
  });
});

describe("a call for help", () => {
  const base = {
    seq: 1,
    author: "u-alva",
    shift: "s-1",
    hash: "sha256:0",
    position: null,
    sync: { state: "pending" },
  } as const;
  const create: OwnOp = {
    ...base,
    id: "e-1",
    type: "escalation.create",
    wall: "2026-11-20T19:31:00Z",
    data: { service: "POL112", channel: "phone", observation_id: null, cause: "Bråk" },
  };
  const close: OwnOp = {
    ...base,
    id: "x-1",
    type: "escalation.close",
    wall: "2026-11-20T20:31:00Z",
    data: { target: "e-1", outcome: "PLATS", note: null },
  };

  it("has no attempt until one is stated", () => {
    const [view] = escalationViews([create], new Map());
    expect(view).toMatchObject({ attempts: [], closed: null, service: "POL112" });
  });

  it("is closed with what came of it", () => {
    const [view] = escalationViews([create, close], new Map());
    expect(view?.closed).toMatchObject({ outcome: "PLATS" });
  });
});

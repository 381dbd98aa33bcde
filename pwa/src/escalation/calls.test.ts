// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { AboutTime } from "../store/types";
import { callsOf, furthest, UNKNOWN } from "./calls";
import { nameless } from "./nameless";
import type { AttemptView } from "./view";

const at = (time: string, kind: AboutTime["kind"] = "point"): AboutTime => ({
  kind,
  from: `2026-11-20T${time}:00.000Z`,
});
const said = (id: string, over: Partial<AttemptView> = {}): AttemptView => ({
  id,
  authorId: "u-alva",
  statedAt: "2026-11-20T18:52:00.000Z",
  attempted: at("18:52"),
  answered: null,
  arrived: null,
  left: null,
  outcome: UNKNOWN,
  reference: null,
  note: null,
  ...over,
});

describe("attempts of one call", () => {
  it("are put together by the time of calling", () => {
    const calls = callsOf([
      said("a"),
      said("b", { answered: at("18:53"), outcome: "VAG" }),
      said("c", { attempted: at("19:10"), outcome: "EJSVAR" }),
      said("d", { answered: at("18:53"), arrived: at("19:01"), outcome: "VAG" }),
    ]);
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ id: "a", lastId: "d", arrived: at("19:01"), outcome: "VAG" });
    expect(calls[1]).toMatchObject({ id: "c", outcome: "EJSVAR" });
  });

  it("are still one call when the time turns out to be from memory, or is written with another offset", () => {
    const calls = callsOf([
      said("a"),
      said("b", { attempted: { kind: "about", from: "2026-11-20T19:52:00+01:00" } }),
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.attempted?.kind).toBe("about");
  });

  it("take back what one said by mistake", () => {
    const [call] = callsOf([said("a", { arrived: at("19:01") }), said("b", { arrived: null })]);
    expect(call?.arrived).toBeNull();
  });

  it("take back nothing that a colleague said, who did not know of it yet", () => {
    const [call] = callsOf([
      said("a", { answered: at("18:53"), outcome: "VAG" }),
      said("b", { authorId: "u-cim", arrived: at("19:01") }),
    ]);
    expect(call).toMatchObject({ answered: at("18:53"), arrived: at("19:01"), outcome: "VAG" });
  });

  it("keep every note and the last reference", () => {
    const [call] = callsOf([
      said("a", { note: "Kö", reference: "K-1" }),
      said("b", { note: "Kö", reference: "K-2" }),
      said("c", { note: "Fram", reference: "K-2" }),
    ]);
    expect(call).toMatchObject({ notes: ["Kö", "Fram"], reference: "K-2" });
  });

  it("say how far it has come", () => {
    const [call] = callsOf([said("a", { answered: at("18:53"), arrived: at("19:01") })]);
    expect(call && furthest(call)).toEqual({ moment: "arrived", at: at("19:01") });
  });
});

describe("what is printed for others", () => {
  const names = ["Alva Lind", "Cim Öberg", "Bo Ek"];
  it("has no host's name in it, whole, in part, or with an s", () => {
    expect(nameless("Alva Lind larmade, Cims telefon. ÖBERG stod kvar.", names, "värd")).toBe(
      "värd larmade, värd telefon. värd stod kvar.",
    );
  });

  it("keeps longer words that only begin like a name", () => {
    expect(nameless("Bostadshuset vid Ekbacken, Lindgatan 4", names, "värd")).toBe(
      "Bostadshuset vid Ekbacken, Lindgatan 4",
    );
    expect(nameless("Ingen lista", [], "värd")).toBe("Ingen lista");
  });
});

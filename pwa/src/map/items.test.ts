// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { CheckinValue, EscalationValue, ObservationValue, Place, Position } from "../store/types";
import { boxAround, circleRing, distance } from "./geo";
import { type ItemNames, listed, placeItems, recordItems, samePoint, whereOf } from "./items";

const NAMES: ItemNames = {
  category: (code) => `category ${code}`,
  service: (code) => `service ${code}`,
  checkin: (kind) => `checkin ${kind}`,
  placeKind: (kind) => `kind ${kind}`,
  letter: (kind) => kind.slice(0, 1),
};
const LIBRARY: Place = {
  id: "p1",
  name: "Biblioteket",
  kind: "other",
  area_id: null,
  lon: 14.5,
  lat: 56.05,
  note: null,
  active: true,
};
const PLACES = new Map([[LIBRARY.id, LIBRARY]]);
const GNSS: Position = { lon: 14.6, lat: 56.1, accuracy_m: 8, age_ms: 0, source: "gnss" };
const BASE = {
  shift_id: "s1",
  author_id: "alva",
  stated_at: "2026-11-20T19:14:00Z",
  estimated_at: null,
  estimated_within_ms: null,
  received_at: "2026-11-20T19:14:00Z",
  install: null,
};

function anObservation(over: Partial<ObservationValue>): ObservationValue {
  return {
    ...BASE,
    id: "o1",
    position: GNSS,
    status: "current",
    attachments: [],
    revisions: [],
    retracted: null,
    category: "S2",
    happened: { kind: "point", from: "2026-11-20T19:14:00Z", to: null },
    place_id: null,
    place_text: null,
    count: null,
    ages: null,
    certainty: null,
    severity: 1,
    ongoing: null,
    actions: [],
    text: null,
    ...over,
  };
}
const aCheckin = (over: Partial<CheckinValue>): CheckinValue => ({
  ...BASE,
  id: "c1",
  position: GNSS,
  kind: "ok",
  place_id: null,
  note: null,
  next_due: null,
  ...over,
});
const aCall = (over: Partial<EscalationValue>): EscalationValue => ({
  ...BASE,
  id: "e1",
  position: GNSS,
  status: "open",
  service: "POL112",
  channel: null,
  observation_id: null,
  cause: null,
  attempts: [],
  closed: null,
  ...over,
});
const none = { observations: [], checkins: [], escalations: [] };
const isRestricted = (code: string) => code === "H2";
const made = (records: Partial<Parameters<typeof recordItems>[0]>) =>
  recordItems({ ...none, ...records }, PLACES, NAMES, isRestricted);

describe("where a record is drawn", () => {
  it("is the pin, else the chosen place, else where the phone was, else nowhere", () => {
    const pin: Position = { ...GNSS, lon: 14.7, source: "map" };
    expect(whereOf({ position: pin, place_id: "p1" }, PLACES)?.lon).toBe(14.7);
    expect(whereOf({ position: GNSS, place_id: "p1" }, PLACES)).toMatchObject({ lon: 14.5, source: "place" });
    expect(whereOf({ position: GNSS, place_id: "gone" }, PLACES)?.lon).toBe(14.6);
    expect(whereOf({ position: null, place_id: null }, PLACES)).toBeNull();
  });

  it("is the observation's place for help that was called to it", () => {
    const { items } = made({
      observations: [anObservation({ place_id: "p1" })],
      escalations: [aCall({ observation_id: "o1" })],
    });
    expect(items.map(({ lon }) => lon)).toEqual([14.5, 14.5]);
  });
});

describe("what is drawn", () => {
  it("is observations, check-ins and calls for help, by name", () => {
    const { items } = made({
      observations: [anObservation({})],
      checkins: [aCheckin({})],
      escalations: [aCall({})],
    });
    expect(items.map(({ name }) => name)).toEqual(["category S2", "checkin ok", "service POL112"]);
  });

  it("leaves out the restricted circle and what was called for it, and counts them", () => {
    const set = made({
      observations: [anObservation({ category: "H2" })],
      escalations: [aCall({ observation_id: "o1" })],
    });
    expect(set).toEqual({ items: [], restricted: 2, unplaced: 0 });
  });

  it("leaves out what was retracted, and counts what has no place", () => {
    const set = made({
      observations: [anObservation({ status: "retracted" })],
      checkins: [aCheckin({ position: null })],
    });
    expect(set).toEqual({ items: [], restricted: 0, unplaced: 1 });
  });

  it("leaves out places that are no longer used", () => {
    expect(placeItems([LIBRARY, { ...LIBRARY, id: "p2", active: false }], NAMES)).toHaveLength(1);
  });
});

describe("the list", () => {
  const near = { ...LIBRARY, id: "near", name: "Parken", lon: 14.51 };
  const items = placeItems([near, LIBRARY], NAMES);

  it("is near first when the own position is known", () => {
    const rows = listed(items, { lon: 14.511, lat: 56.05 });
    expect(rows.map(({ item }) => item.id)).toEqual(["near", "p1"]);
    expect(rows[0]?.distance_m).toBeGreaterThan(50);
    expect(rows[0]?.distance_m).toBeLessThan(70);
  });

  it("is newest first, then by name, when it is not", () => {
    const { items: records } = made({ observations: [anObservation({})] });
    const rows = listed([...items, ...records], null);
    expect(rows.map(({ item }) => item.id)).toEqual(["o1", "p1", "near"]);
    expect(rows[0]?.distance_m).toBeNull();
  });

  it("names all that lie on the same point", () => {
    const { items: records } = made({
      observations: [anObservation({ place_id: "p1" }), anObservation({ id: "o2" })],
      checkins: [aCheckin({ place_id: "p1" })],
    });
    expect(samePoint(records, "c1")).toEqual(["c1", "o1"]);
  });
});

it("measures on the earth: a degree of latitude is 111 km, a ring is as wide as it says", () => {
  expect(distance({ lon: 15, lat: 56 }, { lon: 15, lat: 57 })).toBeCloseTo(111_195, -1);
  const centre = { lon: 15, lat: 56 };
  const ring = circleRing(centre, 100);
  expect(ring[0]).toEqual(ring.at(-1));
  for (const [lon, lat] of ring) expect(distance(centre, { lon, lat })).toBeCloseTo(100, 0);
  expect(boxAround([])).toBeNull();
});

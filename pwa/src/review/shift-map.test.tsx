/** Alarms on the maps of a shift and of the evening: where they were raised, as a sign of their own, and by name. */
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import type { MapItem } from "../map/items";
import type { MapData, MountOptions } from "../map/mount";
import { coloursOf, SHAPES } from "../map/symbols";
import { readColours } from "../map/theme";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { anAlarm, anObservation, aShift, at } from "./factory";
import { itemsOf } from "./map-items";

const LIST = "/reviews/shifts";
const ONE = `${LIST}/s1`;
const map = vi.hoisted(() => ({
  shown: null as MapData | null,
  onSelect: null as MountOptions["onSelect"] | null,
  goTo: vi.fn(),
}));

vi.mock("../map/mount", () => ({
  mountMap: (_box: HTMLElement, options: MountOptions) => {
    map.shown = options.data;
    map.onSelect = options.onSelect;
    const show = (data: MapData) => {
      map.shown = data;
    };
    return { show, goTo: map.goTo, showBases: async () => undefined, remove: () => undefined };
  },
}));

const raised = anAlarm({ id: "a1", stated: "21:40" }, { note: "Vid kiosken" });
const nowhere = anAlarm({ id: "a2", stated: "21:45" }, { position: null });
const late = anAlarm({ id: "a3", stated: "21:50" }, { kind: "overdue", author_id: null, position: null });
const seen = anObservation({ id: "o1", stated: "20:14" });
const alarms = (items: readonly MapItem[]) => items.filter(({ kind }) => kind === "alarm");

function open(fragment: string) {
  const entries = [seen, raised, nowhere, late];
  deskServer({ [LIST]: page([aShift()]), [ONE]: { body: { shift: aShift(), entries, seq: 9 } } });
  go(fragment);
  return render(<Desk />);
}

beforeEach(() => {
  bases.value = [];
  now_ms.value = Date.parse(at("21:55"));
  map.shown = null;
  map.goTo.mockClear();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({} as never);
});
afterEach(async () => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

it("is drawn where it was raised, and counted where nobody knows; a check-in that did not come is nowhere", () => {
  const set = itemsOf([raised, nowhere, late], null);
  const { accuracy_m, lat, lon } = { lat: 56.1612, lon: 14.8654, accuracy_m: 9 };
  const where = { lat, lon, accuracy_m, source: "gnss" };
  const said = { name: "Larm: hjälp", detail: "Vid kiosken", at: at("21:40") };
  expect(set).toEqual({
    items: [{ id: "a1", kind: "alarm", letter: "!", ...said, ...where }],
    restricted: 0,
    unplaced: 1,
  });
});

it("has a shape that nothing else on the map has, with a sign that can be read on it", () => {
  expect(new Set(Object.values(SHAPES)).size).toBe(Object.keys(SHAPES).length);
  const { fill, text } = coloursOf("alarm", readColours());
  expect(fill).not.toBe(text);
});

it("leads from the map to its row, and from its row to where it was", async () => {
  const { container } = open("#/pass/s1");
  await waitFor(() => expect(alarms(map.shown?.items ?? []).map(({ id }) => id)).toEqual(["a1"]), {
    timeout: 4000,
  });
  map.onSelect?.(["a1"]);
  await waitFor(() => expect(document.activeElement?.getAttribute("data-entry")).toBe("a1"));
  expect(document.activeElement?.textContent).toContain("Larm: hjälp");
  await waitFor(() => expect(map.shown?.selected).toEqual(["a1"]));
  expect(map.goTo.mock.lastCall?.[0]).toMatchObject({ lon: 14.8654, lat: 56.1612 });
  expect(container.querySelector(".shift-map > .quiet-words:not(.map-notes)")).toBeNull();
  container.querySelector<HTMLElement>('[data-entry="a2"]')?.focus();
  expect(await screen.findByText("Raden har ingen position och ingen känd plats.")).toBeTruthy();
});

it("looks at the record that was asked for before the map was ready", async () => {
  open("#/pass/s1?post=a1");
  await waitFor(() => expect(map.shown?.selected).toEqual(["a1"]), { timeout: 4000 });
  expect(map.goTo.mock.calls).toMatchObject([[{ lon: 14.8654, lat: 56.1612 }]]);
});

it.each([
  ["sv", ["Larm: hjälp", "Larm · 21:40 · Vid kiosken · ±9 m"]],
  ["en", ["Alarm: help", "Alarm · 21:40 · Vid kiosken · ±9 m"]],
] as const)("stands by name in the list beside the evening's map: %s", async (language, words) => {
  await setLanguage(language);
  open("#/karta");
  const row = await screen.findByRole("button", { name: /kiosken/ }, { timeout: 4000 });
  expect([...(row.querySelector(".map-list-words")?.children ?? [])].map((one) => one.textContent)).toEqual(
    words,
  );
  expect(row.querySelector(".map-symbol.alarm path")?.getAttribute("d")).toBe(SHAPES.alarm);
});

import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import type { LonLat } from "../map/geo";
import type { MapData, MountOptions } from "../map/mount";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { go } from "../ui";

/** The map library stands still here: what a reader does on the map is told to the page as the library tells it. */
const map = vi.hoisted(() => ({
  options: null as unknown,
  data: null as unknown,
  goTo: vi.fn(),
  zoomBy: vi.fn(),
}));
vi.mock("../map/mount", () => ({
  mountMap: (_box: HTMLElement, options: MountOptions) => {
    map.options = options;
    map.data = options.data;
    const nothing = () => undefined;
    const show = (data: MapData) => {
      map.data = data;
    };
    return { ...map, show, showBases: async () => undefined, fitAll: nothing, remove: nothing };
  },
}));
const told = () => map.options as MountOptions;
const drawn = () => map.data as MapData;
const tap = (lat: number, lon: number) => act(() => told().onTap?.({ lat, lon } satisfies LonLat));
const move = (lat: number, lon: number) => act(() => told().onMove?.({ lat, lon } satisfies LonLat));

const PLACE = {
  id: "p1",
  name: "Torget",
  kind: "square",
  area_id: null,
  lon: 14.58,
  lat: 56.05,
  note: null,
  active: true,
  version: 3,
};
const OTHER = { ...PLACE, id: "p2", name: "Hamnen", lat: 56.04, lon: 14.6 };
const AREA = { id: "a1", name: "Centrum", geometry: null, active: true, version: 4 };
const GONE = { status: 204, body: null };

async function edit(name: string) {
  const server = deskServer({
    "/places": { body: { places: [PLACE, OTHER], areas: [AREA] } },
    "PUT /areas/a1": GONE,
    "PUT /places/p1": GONE,
  });
  go("#/installningar/platser");
  render(<Desk />);
  fireEvent.click(await screen.findByRole("button", { name: `Ändra ${name}` }));
  return server;
}
const button = (name: string) =>
  within(screen.getByRole("dialog")).getByRole<HTMLButtonElement>("button", { name });
const press = async (name: string) => {
  button(name).focus();
  await userEvent.keyboard("{Enter}");
};
const openMap = async (name: string, first: string) => {
  fireEvent.click(button(name));
  await waitFor(() => expect([button(first).textContent, map.options !== null]).toEqual([first, true]));
};
const field = <E extends HTMLElement>(name: string) => screen.findByLabelText<E>(name);
const corners = () =>
  drawn().items.flatMap(({ id, lat, lon }) => (id.startsWith("corner") ? [[lat, lon]] : []));

beforeEach(() => {
  map.options = null;
  map.goTo.mockClear();
  map.zoomBy.mockClear();
  bases.value = [];
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({} as never);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("an area's outline", () => {
  it("is drawn with taps, corner by corner, and saved as it was drawn", async () => {
    const server = await edit("Centrum");
    await openMap("Rita på kartan", "Använd gränsen");
    expect(button("Ångra sista hörnet").disabled).toBe(true);
    tap(56, 14.5);
    tap(56.0000001, 14.6);
    expect(button("Använd gränsen").disabled).toBe(true);
    tap(56.1, 14.6);
    expect(screen.getByText("3 hörn")).toBeTruthy();
    expect(corners()).toEqual([
      [56, 14.5],
      [56, 14.6],
      [56.1, 14.6],
    ]);
    expect(drawn().areas.find(({ id }) => id === "drawn")?.geometry.coordinates[0]).toHaveLength(4);
    fireEvent.click(button("Använd gränsen"));
    expect((await field<HTMLTextAreaElement>("Gräns")).value).toBe("56, 14.5\n56, 14.6\n56.1, 14.6");
    fireEvent.click(button("Spara"));
    await waitFor(() => expect(server.sent).toHaveLength(1));
    const ring = [
      [14.5, 56],
      [14.6, 56],
      [14.6, 56.1],
      [14.5, 56],
    ];
    expect(server.sent[0]).toMatchObject({
      path: "/areas/a1",
      body: { based_on: 4, geometry: { type: "Polygon", coordinates: [ring] } },
    });
  });

  it("is drawn without a pointer: the map is moved under the cross, and a key sets a corner there", async () => {
    await edit("Centrum");
    await openMap("Rita på kartan", "Använd gränsen");
    for (const [lat, lon] of [
      [56, 14.5],
      [56, 14.6],
      [56.3, 14.9],
    ] as const) {
      move(lat, lon);
      await press("Hörn i mitten");
    }
    expect(screen.getByText("3 hörn")).toBeTruthy();
    await press("Ångra sista hörnet");
    expect([screen.getByText("2 hörn").textContent, button("Använd gränsen").disabled]).toEqual([
      "2 hörn",
      true,
    ]);
    await press("Zooma in");
    expect(map.zoomBy).toHaveBeenCalledWith(1);
    move(56.1, 14.6);
    await press("Hörn i mitten");
    await press("Använd gränsen");
    expect((await field<HTMLTextAreaElement>("Gräns")).value).toBe("56, 14.5\n56, 14.6\n56.1, 14.6");
  });

  it("goes on from the corners that are typed", async () => {
    await edit("Centrum");
    fireEvent.input(await field("Gräns"), { target: { value: "56, 14.5\n56, 14.6\n56.1, 14.6" } });
    await openMap("Rita på kartan", "Använd gränsen");
    expect(map.goTo).toHaveBeenCalledWith({ lat: 56, lon: 14.5 });
    tap(56.1, 14.5);
    expect(corners()).toHaveLength(4);
  });
});

describe("a place on the map", () => {
  it("is where the cross stands, and is saved there", async () => {
    const server = await edit("Torget");
    await openMap("Sätt på kartan", "Välj den här punkten");
    expect(map.goTo).toHaveBeenCalledWith({ lat: 56.05, lon: 14.58 });
    expect(button("Välj den här punkten").disabled).toBe(true);
    // A tap brings the cross there; where it stands is told, and chosen by a key.
    tap(56.06, 14.59);
    expect(map.goTo).toHaveBeenLastCalledWith({ lat: 56.06, lon: 14.59 });
    move(56.0600001, 14.59);
    expect(screen.getByText("Korset står på 56.06000, 14.59000")).toBeTruthy();
    await press("Välj den här punkten");
    expect((await field<HTMLInputElement>("Läge")).value).toBe("56.06, 14.59");
    fireEvent.click(button("Spara"));
    await waitFor(() => expect(server.sent).toHaveLength(1));
    expect(server.sent[0]).toMatchObject({
      path: "/places/p1",
      body: { lat: 56.06, lon: 14.59, based_on: 3 },
    });
  });

  it("is chosen from the list where the map cannot be drawn", async () => {
    vi.mocked(HTMLCanvasElement.prototype.getContext).mockReturnValue(null);
    await edit("Torget");
    fireEvent.click(button("Sätt på kartan"));
    expect(await screen.findByText(/kan inte rita kartan/)).toBeTruthy();
    fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /Hamnen/ }));
    expect((await field<HTMLInputElement>("Läge")).value).toBe("56.04, 14.6");
  });
});

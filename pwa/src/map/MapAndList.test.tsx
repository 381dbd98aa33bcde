import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { currentPosition } from "../device/position";
import { setLanguage } from "../text";
import { bases } from "./bases";
import type { MapItem } from "./items";
import { MapAndList } from "./MapAndList";

vi.mock("../device/position");

const item = (over: Partial<MapItem>): MapItem => ({
  id: "o1",
  kind: "observation",
  letter: "S2",
  name: "Klotter",
  detail: "Biblioteket",
  at: "2026-11-20T19:14:00Z",
  lon: 14.5,
  lat: 56.05,
  accuracy_m: null,
  source: "place",
  ...over,
});
const PLACE = item({ id: "p1", kind: "place", letter: "P", name: "Biblioteket", detail: "Annan", at: null });
const EMPTY = { items: [], restricted: 0, unplaced: 0 };

beforeEach(() => {
  bases.value = [];
});
afterEach(async () => {
  cleanup();
  await setLanguage("sv");
});

describe("the map without WebGL and without network", () => {
  it("says so, and lists everything that it would have drawn", async () => {
    const records = {
      items: [item({}), item({ id: "c1", kind: "checkin", name: "Vi är ok" })],
      restricted: 1,
      unplaced: 2,
    };
    const { container } = render(<MapAndList areas={[]} places={[PLACE]} records={records} />);
    expect(screen.getByText(/kan inte rita kartan/)).toBeTruthy();
    const listed = screen.getAllByRole("listitem").map((row) => within(row).getByRole("button").dataset.id);
    expect([...listed].sort()).toEqual([...records.items, PLACE].map(({ id }) => id).sort());
    expect(screen.getByText("1 skyddad post visas aldrig på kartan.")).toBeTruthy();
    expect(screen.getByText("2 poster har ingen position och ingen känd plats.")).toBeTruthy();
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });

  it("marks the row that is chosen", () => {
    render(<MapAndList areas={[]} places={[PLACE]} records={EMPTY} />);
    const row = screen.getByRole("button", { name: /Biblioteket/ });
    expect(row.getAttribute("aria-pressed")).toBe("false");
    fireEvent.click(row);
    expect(row.getAttribute("aria-pressed")).toBe("true");
  });

  it("says that there is nothing yet", () => {
    render(<MapAndList areas={[]} places={[]} records={EMPTY} />);
    expect(screen.getByText("Inga platser eller poster att visa än.")).toBeTruthy();
  });

  it("asks for the own position only at a tap, and then tells its accuracy and the distances", async () => {
    const found = { lat: 56.05, lon: 14.51, accuracy_m: 8, age_ms: 0, source: "gnss" } as const;
    const ask = vi.mocked(currentPosition).mockResolvedValue(found);
    render(<MapAndList areas={[]} places={[PLACE]} records={EMPTY} />);
    expect(ask).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: "Visa min plats" }));
    expect(await screen.findByText("Din plats: ±8 m, 0 s gammal")).toBeTruthy();
    expect(screen.getByText(/620 m bort/)).toBeTruthy();
  });

  it("says when the own position could not be had", async () => {
    vi.mocked(currentPosition).mockResolvedValue(null);
    render(<MapAndList areas={[]} places={[PLACE]} records={EMPTY} />);
    fireEvent.click(screen.getByRole("button", { name: "Visa min plats" }));
    expect(await screen.findByText(/Din plats gick inte att få/)).toBeTruthy();
  });
});

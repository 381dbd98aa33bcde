import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { setLanguage } from "../text";
import FoundMap from "./FoundMap";
import { boxIn, boxSaid } from "./rules";

const SEEN = [14.123456, 55.98, 14.9, 56.2] as const;
const mounted = vi.hoisted(() => ({ at: [] as unknown[] }));

vi.mock("../map/mount", () => ({
  mountMap: (_box: HTMLElement, options: { at?: unknown }) => {
    mounted.at.push(options.at);
    const nothing = () => undefined;
    return { show: nothing, showBases: async () => undefined, view: () => SEEN, remove: nothing };
  },
}));

beforeEach(() => {
  mounted.at = [];
  bases.value = [];
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({} as never);
});
afterEach(async () => {
  cleanup();
  vi.restoreAllMocks();
  await setLanguage("sv");
});

it("searches within what the map shows, and looks there again", async () => {
  const onBox = vi.fn();
  const { rerender } = render(<FoundMap items={[]} bbox={null} onBox={onBox} />);
  const button = await screen.findByRole("button", { name: "Sök i kartans utsnitt" });
  fireEvent.click(button);
  expect(onBox).toHaveBeenCalledWith("14.12346,55.98,14.9,56.2");
  rerender(<FoundMap key="again" items={[]} bbox="14.12346,55.98,14.9,56.2" onBox={onBox} />);
  await screen.findByRole("button", { name: "Sök i kartans utsnitt" });
  expect(mounted.at).toEqual([undefined, [14.12346, 55.98, 14.9, 56.2]]);
});

it("says it in English", async () => {
  await setLanguage("en");
  render(<FoundMap items={[]} bbox={null} onBox={() => undefined} />);
  expect(await screen.findByRole("button", { name: "Search within the map's view" })).toBeTruthy();
});

it("asks for no more than there is of the earth", () => {
  expect(boxSaid([-200, -91, 200, 91])).toBe("-180,-90,180,90");
  expect(boxIn(null)).toBeUndefined();
  expect(boxIn("1,2,3")).toBeUndefined();
});

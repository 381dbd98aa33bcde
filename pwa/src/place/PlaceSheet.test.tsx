import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atStation, setStage } from "../shell/testing/cast";
import { tap, type } from "../shell/testing/play";
import { places } from "../store/state";
import { PlaceSheet } from "./PlaceSheet";

const onChange = vi.fn();
const open = (position: typeof atStation | null) =>
  render(
    <PlaceSheet
      placeId={null}
      placeText=""
      position={position}
      onlyListed={false}
      onClose={() => {}}
      onChange={onChange}
    />,
  );

beforeEach(() => {
  setStage();
  onChange.mockClear();
});
afterEach(cleanup);

describe("choosing a place", () => {
  it("lists the near ones first, with metres", async () => {
    open(atStation);
    expect(screen.getByText("17 m")).toBeTruthy();
    await tap(/Stationen/);
    expect(onChange).toHaveBeenCalledWith({ placeId: "p-station", placeText: "" });
  });

  it("takes words beside a place, or instead of one", async () => {
    open(null);
    type("Plats med egna ord", "plan −2");
    await tap("Klart");
    expect(onChange).toHaveBeenCalledWith({ placeId: null, placeText: "plan −2" });
  });

  it("says when nothing is found, and when there is nothing to find", () => {
    open(null);
    type("Sök plats", "zzz");
    expect(screen.getByText("Ingen plats heter så")).toBeTruthy();
    cleanup();
    places.value = [];
    open(null);
    expect(screen.getByText("Inga platser har hämtats till telefonen än")).toBeTruthy();
  });
});

import { act, cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import type { ComponentProps } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MapView } from "../map/MapView";
import type { MapHandle } from "../map/mount";
import { tonightsRecords } from "../map/tonight";
import { atStation, setStage, startOfShift } from "../shell/testing/cast";
import { add, drafts, emptyOutbox } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { noRecords, ownOps } from "../store/state";
import { ObservationScreen } from "./Screen";
import { observations } from "./state";

type MapProps = ComponentProps<typeof MapView>;
const stage = vi.hoisted(() => ({ map: null as MapProps | null }));
vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => atStation }));
// What happy-dom cannot draw; all else of the picker is the real one.
vi.mock("../map/MapView", () => ({
  MapView: (props: MapProps) => {
    stage.map = props;
    return <div role="img" aria-label={props.label} />;
  },
}));

const goTo = vi.fn();
const handle = { goTo, fitAll: vi.fn(), zoomBy: vi.fn() } as unknown as MapHandle;
const ALLEY = { lat: 56.056_412_3, lon: 14.575_398_7 };
const AT_ALLEY = { lat: 56.05641, lon: 14.5754, accuracy_m: null, age_ms: 0, source: "map" };

beforeEach(() => {
  setStage();
  emptyOutbox();
  ownOps.value = [startOfShift()];
  goTo.mockClear();
});
afterEach(cleanup);

async function openMap() {
  await tap(/Plats/);
  await tap(/på kartan$/);
  await waitFor(() => screen.getByRole("img", { name: "Välj punkt på kartan" }));
  act(() => stage.map?.onReady?.(handle));
}
const move = (to: typeof ALLEY) => act(() => stage.map?.onMove?.(to));

async function written() {
  render(<ObservationScreen id="o-1" target={null} />);
  await tap("Klotter");
  await openMap();
  move(ALLEY);
  await tap("Välj den här punkten");
  await tap("Spara");
  await waitFor(() => expect(add).toHaveBeenCalledOnce());
  cleanup();
}

describe("a point set on the map", () => {
  it("goes with the record instead of the phone's position, and names the place beside it", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await openMap();
    expect(goTo).toHaveBeenLastCalledWith(expect.objectContaining({ lat: 56.0521 }));
    expect(screen.getByRole("button", { name: "Välj den här punkten" })).toHaveProperty("disabled", true);
    move(ALLEY);
    await seen("Korset står på 56.05641, 14.57540");
    const found = await axe.run(screen.getByRole("dialog"), {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    await tap("Välj den här punkten");
    await seen(/Biblioteket · 40 m · punkt på kartan/);
    await seen(/inte telefonens position/);
    await waitFor(() =>
      expect(drafts.value[0]?.fields).toMatchObject({ pin: { lat: 56.05641, lon: 14.5754 } }),
    );
    await tap("Spara");
    await waitFor(() =>
      expect(add.mock.calls[0]?.[0]).toMatchObject({
        type: "observation.create",
        position: AT_ALLEY,
        data: { place_id: "p-library" },
      }),
    );
  });

  it("is where the map is tapped, too", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await openMap();
    act(() => stage.map?.onTap?.(ALLEY));
    expect(goTo).toHaveBeenLastCalledWith(ALLEY);
  });

  it("may be a place of the list beside the map instead", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await openMap();
    const row = within(screen.getByRole("dialog")).getByRole("button", { name: /Biblioteket/ });
    act(() => row.click());
    await tap("Spara");
    await waitFor(() =>
      expect(add.mock.calls[0]?.[0]).toMatchObject({
        position: { source: "gnss" },
        data: { place_id: "p-library" },
      }),
    );
  });

  it("comes back with the draft after the phone has died, and can be taken away", async () => {
    drafts.value = [
      {
        id: "d-1",
        form: "observation",
        author: "u-alva",
        shift: "s-1",
        at: "2026-11-20T19:00:00.000Z",
        updatedAt: "2026-11-20T19:00:00.000Z",
        fields: { category: "S2", pin: { lat: 56.05641, lon: 14.5754 } },
      },
    ];
    render(<ObservationScreen id="d-1" target={null} />);
    await seen("punkt på kartan");
    await tap(/Plats/);
    await tap("Ta bort punkten");
    await tap("Spara");
    await waitFor(() => expect(add.mock.calls[0]?.[0]).toMatchObject({ position: { source: "gnss" } }));
  });
});

describe("a correction of the place", () => {
  const corrected = async () => {
    type("Orsak", "fel ställe");
    await tap("Spara rättelse");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    return add.mock.calls[1]?.[0];
  };

  it("moves the point, for the phone's own list and map before it is sent", async () => {
    await written();
    render(<ObservationScreen id="m-1" target="o-1" />);
    await openMap();
    move({ lat: 56.0521, lon: 14.5753 });
    await tap("Välj den här punkten");
    const moved = { lat: 56.0521, lon: 14.5753, source: "map" };
    expect(await corrected()).toMatchObject({
      type: "observation.amend",
      position: moved,
      data: { observation: { place_id: "p-station" } },
    });
    expect(observations.value[0]?.position).toMatchObject(moved);
    const shown = tonightsRecords(noRecords(), ownOps.value, Date.now());
    expect(shown.observations[0]?.position).toMatchObject(moved);
  });

  it("says that a place's own point holds now, when one of the list is chosen", async () => {
    await written();
    render(<ObservationScreen id="m-1" target="o-1" />);
    await tap(/Plats/);
    await tap(/Stationen/);
    expect(await corrected()).toMatchObject({
      position: { lat: 56.0521, lon: 14.5753, source: "place" },
      data: { observation: { place_id: "p-station" } },
    });
  });

  it("that is about the words alone says nothing of where the phone is", async () => {
    ownOps.value = [startOfShift()];
    render(<ObservationScreen id="o-2" target={null} />);
    await tap("Klotter");
    await tap("Spara");
    await waitFor(() => expect(add).toHaveBeenCalledOnce());
    cleanup();
    render(<ObservationScreen id="m-2" target="o-2" />);
    expect(await corrected()).toMatchObject({ position: null });
  });
});

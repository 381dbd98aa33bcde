import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atStation, setStage, startOfShift, words } from "../shell/testing/cast";
import { add, drafts, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { keepPhoto } from "../store/blobs";
import { photos } from "../store/photos";
import { ownOps, vocabulary } from "../store/state";
import type { OwnOp } from "../store/types";
import { ObservationScreen } from "./Screen";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
const position = vi.hoisted(() => ({ answer: null as object | null }));
vi.mock("../device/position", () => ({ currentPosition: async () => position.answer }));

beforeEach(() => {
  setStage();
  emptyOutbox();
  position.answer = null;
});
afterEach(cleanup);

const draft = (fields: object) => ({
  id: "d-1",
  form: "observation" as const,
  author: "u-alva",
  shift: "s-1",
  at: "2026-11-20T20:40:00.000Z",
  updatedAt: "2026-11-20T20:41:00.000Z",
  fields,
});
const observed = (seq: number, category: string) =>
  ({
    ...{ ...startOfShift(), id: `o-${seq}`, seq, type: "observation.create" },
    data: {
      ...{ category, happened: { kind: "point", from: "2026-11-20T19:10:00Z", to: null }, text: null },
      ...{ place_id: null, place_text: null, count: null, ages: null, certainty: null, severity: 1 },
      ...{ ongoing: null, actions: [], attachments: [] },
    },
  }) as OwnOp;
const saved = () => add.mock.calls[0]?.[0];

describe("a new observation", () => {
  it("is saved with the nearest place and its default severity", async () => {
    position.answer = atStation;
    ownOps.value = [startOfShift()];
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await seen(/Stationen · 17 m/);
    await tap("Spara");
    await waitFor(() => expect(add).toHaveBeenCalled());
    expect(saved()).toMatchObject({
      id: "o-1",
      type: "observation.create",
      shift: "s-1",
      position: { accuracy_m: 8, source: "gnss" },
      data: { category: "S2", place_id: "p-station", severity: 1 },
    });
  });

  it("says plainly that there is no position", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await seen(/Ingen position från telefonen/);
  });

  it("leaves the position out when the host says so", async () => {
    position.answer = atStation;
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await tap("Ta inte med");
    await tap("Spara");
    await waitFor(() => expect(saved()).toMatchObject({ position: null }));
  });

  it("never changes a place that the host chose", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await tap(/^Plats/);
    await tap("Biblioteket");
    await tap("Spara");
    await waitFor(() => expect(saved()).toMatchObject({ data: { place_id: "p-library" } }));
  });

  it("keeps every word as a draft while it is typed", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    type("Beskrivning", "Stor tagg på norra väg");
    await waitFor(() => expect(drafts.value[0]?.fields).toMatchObject({ text: "Stor tagg på norra väg" }));
  });

  it("stays, and says that it is NOT saved, when saving fails", async () => {
    failToSave();
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    type("Beskrivning", "Norra väggen");
    await tap("Spara");
    await seen(/INTE sparat/);
    expect(screen.getByLabelText<HTMLTextAreaElement>("Beskrivning").value).toBe("Norra väggen");
    expect(drafts.value[0]?.fields).toMatchObject({ text: "Norra väggen" });
  });

  it("takes an interval from memory, over midnight", async () => {
    setStage({ at_ms: Date.parse("2026-11-20T23:10:00.000Z") });
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Suicidrisk");
    await tap(/^Tid/);
    await tap("Ungefär", "radio");
    type("Från", "2210");
    type("Till", "2300");
    await tap("Spara");
    await waitFor(() =>
      expect(saved()).toMatchObject({
        data: {
          happened: { kind: "about", from: "2026-11-20T21:10:00.000Z", to: "2026-11-20T22:00:00.000Z" },
        },
      }),
    );
  });

  it("offers none that is switched off, neither by its group nor as a recent one", async () => {
    const off = (code: string) => (code === "S2" ? "2026-11-20" : null);
    const categories = words.categories.map((one) => ({ ...one, retired: off(one.code) }));
    vocabulary.value = { ...words, categories };
    ownOps.value = [startOfShift(), observed(2, "S2"), observed(3, "S1")];
    render(<ObservationScreen id="o-9" target={null} />);
    expect(await screen.findAllByRole("button", { name: "Skadegörelse, glaskross" })).toHaveLength(2);
    expect(screen.queryByRole("button", { name: "Klotter" })).toBeNull();
  });

  it("offers what is restricted by its group alone, since others see the screen", async () => {
    const categories = words.categories.map((one) => (one.code === "S1" ? { ...one, protection: 3 } : one));
    vocabulary.value = { ...words, categories };
    ownOps.value = [startOfShift(), observed(2, "S2"), observed(3, "S1")];
    render(<ObservationScreen id="o-9" target={null} />);
    expect(await screen.findAllByRole("button", { name: "Klotter" })).toHaveLength(2);
    expect(screen.getAllByRole("button", { name: "Skadegörelse, glaskross" })).toHaveLength(1);
  });

  it("says so when the categories have not come yet", async () => {
    vocabulary.value = null;
    render(<ObservationScreen id="o-1" target={null} />);
    await seen("Kategorierna har inte hämtats än");
  });
});

describe("an observation that was begun", () => {
  it("comes back to the last word, marked as unfinished, with the time when it was begun", async () => {
    drafts.value = [draft({ category: "S2", text: "halv menin" })];
    render(<ObservationScreen id="d-1" target={null} />);
    await seen("Påbörjad 21:40, inte sparad");
    expect(screen.getByLabelText<HTMLTextAreaElement>("Beskrivning").value).toBe("halv menin");
    expect(add).not.toHaveBeenCalled();
    await tap("Spara");
    await waitFor(() => expect(saved()).toMatchObject({ id: "d-1", shift: "s-1" }));
  });

  it("is not moved to where the phone is now", async () => {
    position.answer = atStation;
    drafts.value = [draft({ category: "S2", placeBy: "guess" })];
    render(<ObservationScreen id="d-1" target={null} />);
    await seen(/±8 m/);
    expect(screen.getByText("Ingen plats")).toBeTruthy();
  });

  it("is thrown away only when asked and answered", async () => {
    drafts.value = [draft({ category: "S2" })];
    render(<ObservationScreen id="d-1" target={null} />);
    fireEvent.keyDown(document, { key: "Escape" });
    await tap("Fortsätt skriva");
    expect(drafts.value).toHaveLength(1);
    fireEvent.keyDown(document, { key: "Escape" });
    await tap("Kasta");
    await waitFor(() => expect(drafts.value).toHaveLength(0));
  });
});

describe("a correction", () => {
  it("needs a reason, and names its target", async () => {
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await tap("Spara");
    await waitFor(() => expect(add).toHaveBeenCalledOnce());
    cleanup();
    render(<ObservationScreen id="m-1" target="o-1" />);
    type("Beskrivning", "Södra väggen");
    await tap("Spara rättelse");
    await seen("Skriv en orsak.");
    type("Orsak", "fel vägg");
    await tap("Spara rättelse");
    await waitFor(() =>
      expect(add.mock.calls[1]?.[0]).toMatchObject({
        id: "m-1",
        type: "observation.amend",
        data: { target: "o-1", reason: "fel vägg", observation: { text: "Södra väggen", category: "S2" } },
      }),
    );
  });
});

describe("photos of a form", () => {
  const kept = (form: string) =>
    keepPhoto(Uint8Array.from([1, 2, 3, form.length]).buffer, "image/jpeg", form);

  it("that were taken before the page died are there again, saved with it, and from then on to be sent", async () => {
    const { sha256 } = await kept("o-1");
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Klotter");
    await waitFor(() => screen.getByAltText("Foto 1 av 1"));
    await tap("Spara");
    const attachments = [{ sha256, size: 4, mime: "image/jpeg", caption: null }];
    await waitFor(() => expect(saved()).toMatchObject({ data: { attachments } }));
    await waitFor(() => expect(photos.value.get(sha256)).toMatchObject({ state: "waiting", drafts: [] }));
  });

  it("can be taken away, and are then gone", async () => {
    const { sha256 } = await kept("o-22");
    render(<ObservationScreen id="o-22" target={null} />);
    await tap("Klotter");
    await tap("Ta bort foto 1");
    await waitFor(() => expect(photos.value.has(sha256)).toBe(false));
    await tap("Spara");
    await waitFor(() => expect(saved()).toMatchObject({ data: { attachments: [] } }));
  });

  it("go with a form that is thrown away", async () => {
    const { sha256 } = await kept("o-333");
    render(<ObservationScreen id="o-333" target={null} />);
    await tap("Klotter");
    await waitFor(() => screen.getByAltText("Foto 1 av 1"));
    fireEvent.keyDown(document, { key: "Escape" });
    await tap("Kasta");
    await waitFor(() => expect(photos.value.has(sha256)).toBe(false));
  });

  it("are off where the category is of the restricted circle", async () => {
    const { sha256 } = await kept("o-4444");
    drafts.value = [draft({ category: "H2" })].map((one) => ({ ...one, id: "o-4444" }));
    render(<ObservationScreen id="o-4444" target={null} />);
    await seen("Med den här kategorin sparas inga foton, bara text.");
    expect(screen.queryByRole("button", { name: "Ta foto" })).toBeNull();
    await tap("Spara");
    await waitFor(() => expect(saved()).toMatchObject({ data: { category: "H2", attachments: [] } }));
    expect(photos.value.get(sha256)?.state).not.toBe("waiting");
  });
});

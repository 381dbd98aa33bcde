import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LogCallScreen } from "../escalation/LogCallScreen";
import { RetractSheet } from "../observation/RetractSheet";
import { ObservationScreen } from "../observation/Screen";
import { setStage } from "../shell/testing/cast";
import { add, drafts, emptyOutbox } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { without } from "./Findings";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

/** Skatteverket's, for tests. */
const PNR = "18900101-9802";

beforeEach(() => {
  setStage();
  emptyOutbox();
});
afterEach(cleanup);

const saved = () => add.mock.calls[0]?.[0];
const isSaved = () => waitFor(() => expect(add).toHaveBeenCalledTimes(1));

async function write(text: string): Promise<void> {
  render(<ObservationScreen id="o-1" target={null} />);
  await tap("Klotter");
  await type("Beskrivning", text);
}

describe("scenario 8: words that must not be kept", () => {
  it("tells under the field what it looks like, and takes it out of the text", async () => {
    await write(`${PNR}, grå jacka, ABC 123`);
    await seen("Ser ut som ett personnummer:");
    await seen(PNR);
    await seen("Ser ut som ett registreringsnummer:");
    await tap(`Ta bort ${PNR} ur texten`);
    await tap("Spara");
    await isSaved();
    expect(saved()).toMatchObject({ data: { text: "grå jacka, ABC 123" } });
    expect(saved()?.data).not.toHaveProperty("kept_words");
  });

  it("asks before a number of a person is saved, however soon; one tap removes it and saves", async () => {
    await write(`mannen uppgav ${PNR}`);
    await tap("Spara");
    await seen("Ska numret stå kvar?");
    expect(add).not.toHaveBeenCalled();
    await tapIn("dialog", `Ta bort ${PNR} ur texten`);
    await isSaved();
    expect(saved()).toMatchObject({ data: { text: "mannen uppgav ".trim() } });
  });

  it("goes back to the form, with every word in it, and saves nothing", async () => {
    await write(`mannen uppgav ${PNR}`);
    await tap("Spara");
    await seen("Ska numret stå kvar?");
    await tap("Tillbaka");
    expect(screen.getByLabelText("Beskrivning")).toHaveProperty("value", `mannen uppgav ${PNR}`);
    expect(add).not.toHaveBeenCalled();
  });

  it("keeps an order number with a reason, and never the number again", async () => {
    await write("ordernummer 2011301237");
    await tap("Spara");
    await seen("Ska numret stå kvar?");
    await tapIn("dialog", "Behåll 2011301237 med ett skäl");
    await tap("Ordernummer");
    await isSaved();
    expect(saved()?.data).toMatchObject({
      text: "ordernummer 2011301237",
      kept_words: [{ kind: "personnummer", reason: "Ordernummer" }],
    });
  });

  it("never stops a plate, a name, a phone number or an address", async () => {
    await write("ABC 123, Erik Svensson, 070-123 45 67, a@exempel.se");
    await tap("Spara");
    await isSaved();
  });

  it("remembers in the draft what was kept", async () => {
    const fields = {
      category: "S2",
      text: "order 2011301237",
      kept: [{ kind: "personnummer", words: "2011301237", reason: "Ordernummer" }],
    };
    const at = "2026-11-20T20:40:00.000Z";
    drafts.value = [
      { id: "o-1", form: "observation", author: "u-alva", shift: "s-1", at, updatedAt: at, fields },
    ];
    render(<ObservationScreen id="o-1" target={null} />);
    await tap("Spara");
    await isSaved();
    expect(saved()?.data).toMatchObject({ kept_words: [{ kind: "personnummer", reason: "Ordernummer" }] });
  });

  it("asks in small forms, too", async () => {
    render(<RetractSheet target="o-1" onClose={() => undefined} />);
    await type("Orsak", `fel ${PNR}`);
    await tap("Återkalla");
    await seen("Ska numret stå kvar?");
    await tapIn("dialog:last-of-type", `Ta bort ${PNR} ur texten`);
    await isSaved();
    expect(saved()).toMatchObject({ type: "observation.retract", data: { reason: "fel" } });
  });
});

it("is never in the way of help that was called", async () => {
  render(<LogCallScreen id="e-1" service="POL112" />);
  await type("Varför", `hotad av ${PNR}`);
  await tap("Spara");
  await isSaved();
  expect(saved()).toMatchObject({ type: "escalation.create", data: { cause: `hotad av ${PNR}` } });
});

it.each([
  ["18900101-9802, grå jacka", "18900101-9802", "grå jacka"],
  ["mannen 900102-9819, full", "900102-9819", "mannen, full"],
  ["bil ABC 123 och ABC 123.", "ABC 123", "bil och."],
])("takes %s without %s", (text, words, left) => {
  expect(without(text, words)).toBe(left);
});

async function tapIn(selector: string, name: string): Promise<void> {
  await waitFor(() => expect(document.querySelector(selector)).not.toBeNull());
  const all = [...document.querySelectorAll(`${selector} button`)];
  const button = all.find((one) => one.getAttribute("aria-label") === name);
  if (!(button instanceof HTMLElement)) throw new Error(`no button ${name}`);
  button.click();
}

describe("scenario 7: what to do comes before what to write", () => {
  beforeEach(() => render(<ObservationScreen id="o-1" target={null} />));

  it("the advice shows at once, with the call beside it, and is one tap from the form", async () => {
    await tap("Suicidrisk");
    await seen(/Stanna kvar/);
    expect((await screen.findByRole("link", { name: "Ring 112" })).getAttribute("href")).toBe("#/ring");
    expect(screen.queryByLabelText("Beskrivning")).toBeNull();
    await tap("Anteckna");
    await seen("Beskrivning");
    await tap("Visa råden");
    await seen(/Stanna kvar/);
  });

  it("asks for little: no ages, no numbers, a short text", async () => {
    await tap("Suicidrisk");
    await tap("Anteckna");
    expect(screen.getByLabelText("Beskrivning").getAttribute("maxlength")).toBe("500");
    for (const legend of ["Antal personer", "Ålder", "Hur vet vi det?", "Allvar", "Pågår det?"])
      expect(screen.queryByText(legend)).toBeNull();
    await tap("Spara");
    await isSaved();
    expect(saved()).toMatchObject({ data: { category: "H2", count: null, ages: null, certainty: null } });
  });

  it("other categories go straight to their form", async () => {
    await tap("Klotter");
    await seen("Beskrivning");
  });
});

import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DialStrip } from "../escalation/DialStrip";
import { LogCallScreen } from "../escalation/LogCallScreen";
import { SpeakingCard } from "../escalation/SpeakingCard";
import { RetractSheet } from "../observation/RetractSheet";
import { ObservationScreen } from "../observation/Screen";
import { setStage } from "../shell/testing/cast";
import { add, drafts, emptyOutbox } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { go } from "../ui";
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

describe("the speaking card", () => {
  const open = () => render(<SpeakingCard id="t-1" service="AMB112" contact={null} target={null} />);
  const dial = () => {
    const link = screen.getByRole("link", { name: "Ring 112" });
    // happy-dom would follow it
    link.addEventListener("click", (event) => event.preventDefault());
    link.click();
  };
  const created = () => add.mock.calls.find(([op]) => op.type === "escalation.create")?.[0].data;

  it("marks what must not be kept, and never stands in the way of ringing", async () => {
    open();
    type("Vad", `hotad av ${PNR}`);
    await seen("Ser ut som ett personnummer:");
    dial();
    await tap("Ja");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    expect(document.querySelector("dialog")).toBeNull();
    expect(created()).toMatchObject({ cause: `hotad av ${PNR}` });
    expect(created()).not.toHaveProperty("kept_words");
  });

  it("takes a name out of what colleagues read", async () => {
    open();
    type("Vad", "Erik Svensson har fallit");
    await tap("Ta bort Erik Svensson ur texten");
    dial();
    await tap("Ja");
    await waitFor(() => expect(created()).toMatchObject({ cause: "har fallit" }));
  });

  it("marks a place in words, too", async () => {
    open();
    await tap(/^Plats/);
    type("Plats med egna ord", "hos Erik Svensson");
    await tap("Klart");
    await seen("Ser ut som ett namn:");
  });

  it("ties a call that a guide began to the record that is being written, which closes its words", async () => {
    render(<SpeakingCard id="t-1" service="AMB112" contact={null} target={null} about="o-1" />);
    type("Vad", "Man på bron");
    dial();
    await seen("Ringde du 112?");
    await tap("Ja");
    await waitFor(() => expect(created()).toMatchObject({ cause: "Man på bron", observation_id: "o-1" }));
  });

  it.each(["on the card", "on another screen"])(
    "keeps a word with its reason, answered %s",
    async (where) => {
      open();
      type("Vad", "bil ABC 123");
      await tap("Behåll ABC 123 med ett skäl");
      await tap("Behövs i ärendet");
      dial();
      await seen("Ringde du 112?");
      if (where !== "on the card") {
        cleanup();
        go("#/falt");
        render(<DialStrip />);
      }
      await tap("Ja");
      await waitFor(() =>
        expect(created()).toMatchObject({
          cause: "bil ABC 123",
          kept_words: [{ kind: "plate", reason: "Behövs i ärendet" }],
        }),
      );
    },
  );
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
    await screen.findByRole("link", { name: "Ring 112" });
    await seen(/Stanna kvar/);
    expect(screen.queryByLabelText("Beskrivning")).toBeNull();
    await tap("Anteckna");
    await seen("Beskrivning");
    await tap("Visa råden");
    await seen(/Stanna kvar/);
  });

  it("the call beside it is two taps away: the card with the number, and the number", async () => {
    await tap("Suicidrisk");
    await tap("Ring 112", "link");
    expect(location.hash).toMatch(/^#\/ring\/kort\/id-\d+\?om=o-1$/);
    cleanup();
    render(<SpeakingCard id="t-1" service={null} contact={null} target={null} />);
    expect(screen.getByRole("link", { name: "Ring 112" }).getAttribute("href")).toBe("tel:112");
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

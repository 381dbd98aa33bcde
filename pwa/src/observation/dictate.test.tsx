import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setStage } from "../shell/testing/cast";
import { drafts, emptyOutbox } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { spliced } from "./Dictate";
import { ObservationScreen } from "./Screen";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

const made: Fake[] = [];
let answer = "available";

class Fake extends EventTarget {
  static available = vi.fn(async () => answer);
  lang = "";
  get processLocally() {
    return this.isLocal;
  }
  set processLocally(isLocal: boolean) {
    this.isLocal = isLocal;
  }
  isLocal = false;
  start() {
    made.push(this);
  }
  stop() {
    this.dispatchEvent(new Event("end"));
  }
  says(transcript: string, isFinal = true) {
    this.hears([[transcript, isFinal]]);
  }
  hears(all: [transcript: string, isFinal: boolean][]) {
    const results = all.map(([transcript, isFinal]) => Object.assign([{ transcript }], { isFinal }));
    this.dispatchEvent(Object.assign(new Event("result"), { resultIndex: 0, results }));
  }
}

beforeEach(() => {
  setStage();
  emptyOutbox();
  made.length = 0;
  answer = "available";
  vi.stubGlobal("SpeechRecognition", Fake);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const area = () => screen.getByLabelText<HTMLTextAreaElement>("Beskrivning");
async function begin() {
  render(<ObservationScreen id="o-1" target={null} />);
  await tap("Klotter");
}

it("puts spoken words at the caret, as a draft, and looks them through like typed ones", async () => {
  await begin();
  type("Beskrivning", "Tagg väggen");
  area().setSelectionRange(5, 5);
  await tap("Diktera");
  expect(made[0]).toMatchObject({ isLocal: true, lang: "sv-SE" });
  made[0]?.says("kanske", false);
  made[0]?.says("på norra");
  await waitFor(() => expect(area().value).toBe("Tagg på norra väggen"));
  await waitFor(() => expect(drafts.value[0]?.fields).toMatchObject({ text: "Tagg på norra väggen" }));
  made[0]?.says("18900101-9802");
  await seen(/Ser ut som ett personnummer/);
  await tap("Sluta diktera");
  await waitFor(() => expect(screen.getByRole("button", { name: "Diktera" })).toBeTruthy());
});

it("keeps every word of what is told in one go", async () => {
  await begin();
  await tap("Diktera");
  made[0]?.hears([
    ["Tagg", true],
    ["på väggen", true],
    ["kanske", false],
  ]);
  await waitFor(() => expect(area().value).toBe("Tagg på väggen"));
});

it("says so when it fails, and keeps the text", async () => {
  await begin();
  type("Beskrivning", "Tagg");
  await tap("Diktera");
  fireEvent(made[0] as unknown as Element, new Event("error"));
  made[0]?.stop();
  await seen("Telefonen hörde inget. Texten står kvar.");
  expect(area().value).toBe("Tagg");
});

it.each(["downloadable", "unavailable"])(
  "listens only on the device: %s leaves it to the keyboard",
  async (told) => {
    answer = told;
    await begin();
    await seen("Mikrofonen på tangentbordet skriver det du säger.");
    expect(screen.queryByRole("button", { name: "Diktera" })).toBeNull();
  },
);

it("never asks a browser that sends the voice away", async () => {
  vi.stubGlobal("SpeechRecognition", undefined);
  vi.stubGlobal("webkitSpeechRecognition", class extends EventTarget {});
  await begin();
  await seen("Mikrofonen på tangentbordet skriver det du säger.");
});

it("keeps to what there is room for", () => {
  expect(spliced("abc", "def", { from: 3, to: 3 }, 5)).toBe("abc d");
  expect(spliced("ett . tre", "två", { from: 4, to: 4 }, 99)).toBe("ett två. tre");
});

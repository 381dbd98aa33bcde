import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { EntryBody } from "./EntryBody";
import { aComment, anObservation, at } from "./factory";
import { incidentText } from "./incident-text";
import { names } from "./names";
import type { Entry } from "./types";

const crew = [
  { id: "alva", name: "Alva Ek", left_at: null },
  { id: "cim", name: "Cim Öberg", left_at: null },
];
const words = names(null, crew);

type Observed = Extract<Entry, { kind: "observation" }>;

function threat(over: Partial<Observed["value"]> = {}): Observed {
  const entry = anObservation({ id: "x", stated: "21:40" });
  if (entry.kind !== "observation") throw new Error("an observation expected");
  const told = { category: "X1", text: "Vi vet var du bor", place_text: "Stationen", ...over };
  return { ...entry, value: { ...entry.value, ...told } };
}

afterEach(cleanup);

it("scenario 6: tells what happened, when and where, and names nobody", () => {
  const text = incidentText(threat().value, words);
  expect(text).toContain("Vad som hände: Vi vet var du bor");
  expect(text).toContain("Var: Stationen");
  expect(text).toContain("Vad som gjordes: inte angivet");
  expect(text).toMatch(/När: .*2026/);
  for (const one of crew) expect(text).not.toContain(one.name);
});

it("a time from memory stays one", () => {
  const happened = { kind: "about", from: at("22:10"), to: at("23:00") } as const;
  expect(incidentText(threat({ happened }).value, words)).toMatch(/När: ca .*22:10–.*23:00/);
});

it("the supervisor is reminded, and copies the text at its record alone", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  render(<EntryBody entry={threat()} names={words} />);
  expect(screen.getByText(/Arbetsmiljöverket utan dröjsmål/)).toBeTruthy();
  fireEvent.click(screen.getByText("Kopiera texten"));
  expect(await screen.findByText("Texten är kopierad.")).toBeTruthy();
  expect(writeText).toHaveBeenCalledWith(expect.stringContaining("Vi vet var du bor"));
  vi.unstubAllGlobals();
  cleanup();
  render(<EntryBody entry={threat({ category: "U2" })} names={words} />);
  expect(screen.queryByText(/Arbetsmiljöverket/)).toBeNull();
});

it("says that words are withheld, and which kind they may be", () => {
  const looked = { flagged: ["personnummer"], hidden: true, text: null };
  render(<EntryBody entry={threat({ category: "U2", ...looked })} names={words} />);
  expect(screen.getByText("Text dold: kan innehålla personnummer")).toBeTruthy();
});

it("says of other kinds what they look like, beside the words", () => {
  const entry = aComment({ id: "c", stated: "21:50" });
  if (entry.kind !== "comment") throw new Error("a comment expected");
  const value = { ...entry.value, text: "ABC 123", flagged: ["name", "plate"], hidden: false };
  render(<EntryBody entry={{ ...entry, value }} names={words} />);
  expect(screen.getByText("ABC 123")).toBeTruthy();
  expect(screen.getByText("Kan innehålla namn och registreringsnummer")).toBeTruthy();
});

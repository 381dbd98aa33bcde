import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { freshPhone } from "../../outbox/testing";
import { health, noHealth } from "../../store/state";
import { findings, StartFindings } from "./StoreFindings";

const fine = {
  ...noHealth(),
  persisted: true,
  quotaBytes: 10e9,
  usedBytes: 1e6,
  canWrite: true,
  canJournal: true,
};

describe("what the check of a phone found", () => {
  it("is nothing on a phone that keeps its word", () => {
    expect(findings(fine)).toEqual([]);
    expect(findings({ ...fine, persisted: null, quotaBytes: null })).toEqual([]);
  });

  it.each([
    [
      { isIosTab: true, persisted: false },
      /^Lykta är öppen i Safari och inte från hemskärmen\. Allt går att skriva/,
    ],
    [
      { isPrivate: true, persisted: false, quotaBytes: 1e6 },
      /privat fönster\. Det du skriver sparas och skickas medan/,
    ],
    [{ persisted: false }, /lovar inte att behålla det osända/],
    [{ usedBytes: 9.9e9 }, /^Ont om utrymme: 100 MB kvar/],
    [{ canWrite: false }, /klarade inte att provskriva\. Text sparas i ett mindre reservlager/],
    [{ canJournal: false }, /^Reservlagret går inte att använda\. Allt sparas som vanligt/],
  ])("says what still works and what to do: %j", (found, words) => {
    const said = findings({ ...fine, ...found });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(words);
  });

  it("is told as the shift begins, by a write of its own", async () => {
    await freshPhone();
    health({ canJournal: true });
    render(<StartFindings />);
    expect(await screen.findByText(/är kontrollerat: det du skriver sparas i telefonen/)).toBeTruthy();
    health({ isIosTab: true });
    expect(await screen.findByText(/öppen i Safari/)).toBeTruthy();
  });
});

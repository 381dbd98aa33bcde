import { cleanup, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownOps } from "../../store/state";
import { setLanguage } from "../../text";
import { library, setStage, startOfShift } from "../testing/cast";
import { drafts, emptyOutbox } from "../testing/outbox";
import { tap } from "../testing/play";
import { makeOwnFile } from "./file";
import OwnScreen from "./OwnScreen";

vi.mock("../../outbox", () => import("../testing/outbox"));

const SECTIONS: object[] = [
  { kind: "person", total: 1, items: [{ username: "alva", name: "Alva Lind", role: "host", active: true }] },
  { kind: "session", total: 1, items: [{ label: "Alvas telefon", expires_at: "2026-11-21T06:00:00.000Z" }] },
  { kind: "device", total: 1, items: [{ label: "Alvas telefon", revoked_at: null }] },
  {
    kind: "observation",
    total: 3,
    cls: "shift",
    earliest: "2028-11-21",
    items: [
      {
        category: "S2",
        place_id: library.id,
        text: "Norra väggen",
        happened_from: "2024-11-20T19:00:00Z",
        status: "amended",
      },
    ],
  },
  { kind: "of-a-later-server", total: 1, items: [{ newfangled: "ord" }] },
  { kind: "review", total: 0, items: [] },
  { kind: "disclosure", total: 1, cls: null, items: [{ year: 2026 }] },
  { kind: "reading", total: 1, cls: "reading", items: [{ what: "own" }] },
];
const ANSWER = {
  made_at: "2026-11-20T20:00:00.000Z",
  organisation: "Lyckhamns kommun",
  limits: { session_hours: 12, device_days: 400 },
  terms: { shift: 24 },
  sections: SECTIONS,
};
const asked = vi.fn<(url: string) => unknown>();

beforeEach(() => {
  setStage();
  emptyOutbox();
  ownOps.value = [startOfShift()];
  asked.mockReset();
  asked.mockReturnValue(ANSWER);
  vi.stubGlobal("fetch", async (url: string) => {
    const answer = asked(url);
    if (answer === null) throw new TypeError("no network");
    return new Response(JSON.stringify(answer), { headers: { "Content-Type": "application/json" } });
  });
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("what is stored about me", () => {
  it("is told by kind, with its number, its list and how long it is kept", async () => {
    const { container } = render(<OwnScreen />);
    const kind = (name: string) =>
      within(screen.getByText(name, { selector: "summary > span" }).closest("details") as HTMLElement);
    await screen.findByText("Observationer");
    expect(kind("Observationer").getByText("3")).toBeTruthy();
    expect(kind("Observationer").getByText("Klotter")).toBeTruthy();
    expect(kind("Observationer").getByText("Biblioteket")).toBeTruthy();
    expect(kind("Observationer").getByText("2024-11-20 20:00")).toBeTruthy();
    expect(kind("Observationer").getByText("Rättad")).toBeTruthy();
    expect(kind("Observationer").getByText(/^Gallras: När passet är 24 månader gammalt/)).toBeTruthy();
    expect(kind("Observationer").getByText(/Det äldsta tidigast 2028-11-21\.$/)).toBeTruthy();
    expect(kind("Vad du har läst").getByText("Gallras: Ingen tid är bestämd ännu.")).toBeTruthy();
    expect(kind("Utlämnanden som du har gjort").getByText(/^Gallras: Sparas tills vidare/)).toBeTruthy();
    expect(kind("Observationer").getByText("De nyaste 1 visas. Alla 3 finns i filen.")).toBeTruthy();
    expect(kind("Inloggningar som gäller nu").getByText(/12 timmar efter inloggningen/)).toBeTruthy();
    expect(kind("of-a-later-server").getByText("newfangled")).toBeTruthy();
    expect(screen.getByText("Det finns inget av: Granskningar.")).toBeTruthy();
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });

  it("is without coverage what the phone knows, and says that the rest needs it", async () => {
    asked.mockReturnValue(null);
    drafts.value = [
      { id: "d", form: "observation", author: "u-alva", shift: null, at: "", updatedAt: "", fields: {} },
    ];
    render(<OwnScreen />);
    expect(await screen.findByText(/kan bara visas med täckning/)).toBeTruthy();
    const phone = within(screen.getByRole("region", { name: "I den här telefonen" }));
    expect(phone.getByText("Utkast").nextElementSibling?.textContent).toBe("1");
    expect(phone.getByText(/14 dagar efter/)).toBeTruthy();
    asked.mockReturnValue(ANSWER);
    await tap("Försök igen");
    expect(await screen.findByText("Observationer")).toBeTruthy();
  });

  it("comes as a file in words, however many pages there are", async () => {
    const page = (n: number) => ({ category: "S2", text: `sida ${n}` });
    asked.mockImplementation((url) => {
      const n = Number(new URL(url, "https://lykta.test").searchParams.get("page"));
      return {
        ...ANSWER,
        sections: [{ kind: "observation", cls: "shift", total: n > 2 ? 0 : 1500, items: [page(n)] }],
      };
    });
    const file = await makeOwnFile();
    expect(file.name).toBe("lykta-alva.json");
    const told = JSON.parse(await file.text());
    expect(told["Hos servern"].Observationer).toEqual({
      Gallras: "När passet är 24 månader gammalt, om det inte hålls kvar eller följs upp.",
      Antal: 1500,
      Poster: [
        { Kategori: "Klotter", Text: "sida 1" },
        { Kategori: "Klotter", Text: "sida 2" },
      ],
    });
    expect(told["I den här telefonen"]["Egna poster"]).toHaveLength(1);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("says so when the file cannot be made", async () => {
    asked.mockReturnValue(null);
    render(<OwnScreen />);
    await tap("Spara allt som en fil");
    expect(await screen.findByText(/Filen gick inte att göra/)).toBeTruthy();
  });

  it("speaks English", async () => {
    await setLanguage("en");
    render(<OwnScreen />);
    expect(await screen.findByText("Observations")).toBeTruthy();
  });
});

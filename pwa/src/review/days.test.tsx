import { cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { setLanguage, timeIn } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer } from "./desk-server";
import { aComment, anObservation, aShift, at, content } from "./factory";

/** `on(21, "15:00")`: the day after the shift's own. */
const on = (day: number, wall: string) => new Date(`2026-11-${day}T${wall}:00.000+01:00`).toISOString();
const about = (day: number, wall: string) => ({ kind: "point", from: on(day, wall), to: null });

async function open(entries: unknown[], shift = aShift({ status: "ended", ended_at: on(22, "21:10") })) {
  deskServer({ "/reviews/shifts/s1": { body: { shift, entries, seq: 9 } } });
  go("#/pass/s1");
  const { container } = render(<Desk />);
  await waitFor(() => expect(container.querySelector(".timeline li")).toBeTruthy());
  const rows = [...container.querySelectorAll<HTMLElement>(".timeline > li")];
  return { rows, text: rows.map((row) => row.textContent).join("\n") };
}

beforeEach(() => {
  localStorage.clear();
  bases.value = [];
  now_ms.value = Date.parse(on(22, "22:00"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("tells a time of the evening and its night bare, and any other with its day", async () => {
  const evening = "2026-11-20";
  expect(
    [on(20, "06:00"), on(20, "21:10"), on(21, "02:10"), on(21, "05:59")].map((one) => timeIn(one, evening)),
  ).toEqual(["06:00", "21:10", "02:10", "05:59"]);
  expect(timeIn(on(21, "06:00"), evening)).toBe("lör 21 nov. 06:00");
  expect(timeIn(on(20, "05:59"), evening)).toBe("fre 20 nov. 05:59");
  expect(timeIn("förr", evening)).toBe("");
  await setLanguage("en");
  expect(timeIn(on(21, "15:00"), evening)).toBe("Sat 21 Nov 15:00");
});

it("gives corrections, retractions and photos of another day their day; those of the night have none", async () => {
  const original = { id: "o1", author_id: "alva", stated_at: at("20:14"), reason: "" };
  const by = (id: string, stated_at: string) => ({ id, author_id: "alva", stated_at, reason: id });
  const revisions = [
    { ...original, observation: content({ text: "Södra väggen" }) },
    { ...by("i natt", on(21, "02:10")), observation: content({ text: "Östra väggen" }) },
    { ...by("dagen efter", on(21, "15:00")), observation: content() },
  ];
  const retracted = by("fel park", on(22, "09:05"));
  const { text } = await open([
    anObservation(
      { id: "o1", stated: "20:14" },
      { status: "retracted", revisions, retracted, happened: about(19, "20:14") as never },
    ),
  ]);
  for (const words of [
    "rättad 02:10 av Alva",
    "rättad lör 21 nov. 15:00 av Alva",
    "återtagen sön 22 nov. 09:05 av Alva",
    "lydelse till 02:10",
    "lydelse till lör 21 nov. 15:00",
    "hände tors 19 nov. 20:14",
  ])
    expect(text).toContain(words);
});

it("draws a silence over two days with its days, and one that goes on from the day that it is read", async () => {
  const last = {
    ...anObservation({ id: "o2", stated: "21:10" }),
    stated_at: on(22, "21:10"),
    received_at: on(22, "21:10"),
  };
  const first = anObservation({ id: "o1", stated: "21:10" });
  const { text } = await open([first, last]);
  expect(text).toContain("lucka 21:10–sön 22 nov. 21:10: inget skrevs");
  expect(text).toContain("sön 22 nov. 21:10Klotter");
  // The day on a line of its own, small: the column is as wide as a clock.
  expect(screen.getByText("sön 22 nov.").tagName).toBe("SMALL");
  expect(screen.getByText("fredag 20 nov. 17:30–sön 22 nov. 21:10")).toBeTruthy();
  cleanup();
  const crew = [{ id: "alva", name: "Alva", left_at: on(21, "15:00") }];
  const going = await open([first], aShift({ crew }));
  expect(screen.getByText("Alva (lämnade lör 21 nov. 15:00)")).toBeTruthy();
  expect(going.text).toContain("lucka fre 20 nov. 21:10–nu");
});

it("gives what came on another day, and the server's own clock, their day", async () => {
  const late = anObservation({ id: "o1", stated: "20:14" });
  const { text } = await open([
    { ...late, received_at: on(21, "15:00"), estimated_at: on(22, "08:00"), estimated_within_ms: 0 },
  ]);
  expect(text).toContain("kom lör 21 nov. 15:00");
  expect(text).toContain("enligt servern sön 22 nov. 08:00");
});

it("gives the steps of a call, reviews and comments of another day their day", async () => {
  const {
    kind: _kind,
    value: _value,
    photos: _photos,
    ...base
  } = anObservation({ id: "e1", stated: "23:50" });
  const record = { ...base, author_id: "alva", shift_id: "s1", install: "i1" };
  const attempt = {
    id: "t1",
    author_id: "alva",
    stated_at: on(21, "00:10"),
    attempted: about(20, "23:55"),
    answered: about(21, "00:05"),
    arrived: { ...about(21, "07:30"), kind: "about" },
    left: null,
    outcome: "PLATS",
    reference: null,
    note: null,
  };
  const closed = { id: "c1", author_id: "alva", stated_at: on(21, "15:00"), outcome: "PLATS", note: null };
  const value = {
    ...record,
    service: "POL112",
    channel: null,
    observation_id: null,
    cause: null,
    attempts: [attempt],
    closed,
    status: "closed",
  };
  const verdict = { ...record, target: "s1", verdict: "approve", note: null };
  const { rows, text } = await open([
    { ...base, kind: "escalation", value },
    { ...aComment({ id: "k1", stated: "21:00" }), stated_at: on(21, "10:00") },
    { ...base, id: "r1", kind: "review", stated_at: on(22, "11:00"), value: verdict },
  ]);
  for (const words of [
    "ringt 23:55",
    "svar 00:05",
    "på plats ca lör 21 nov. 07:30",
    "avslutad lör 21 nov. 15:00",
  ])
    expect(text).toContain(words);
  const when = (name: RegExp) =>
    rows.find((row) => within(row).queryByRole("button", { name }))?.querySelector("time")?.textContent;
  expect([when(/^Polis/), when(/^Kommentar$/), when(/^Godkänt/)]).toEqual([
    "23:50",
    "lör 21 nov. 10:00",
    "sön 22 nov. 11:00",
  ]);
});

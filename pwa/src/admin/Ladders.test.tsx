import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { at } from "../review/factory";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const ALL = ["push", "email", "sms"];
const step = (after_min: number, whom: string[], via: string[] = ALL) => ({ after_min, whom, via });
const overdue = (more: Record<string, unknown> = {}) => ({
  kind: "overdue",
  own: false,
  version: null,
  since: null,
  grace_min: 5,
  repeat_min: 10,
  steps: [step(0, ["host"]), step(5, ["partner"]), step(10, ["supervisors"]), step(20, ["admins"])],
  ...more,
});
const help = (more: Record<string, unknown> = {}) =>
  overdue({ kind: "help", grace_min: null, steps: [step(0, ["supervisors"])], ...more });
const PEOPLE = [
  { id: "bo", name: "Bo", role: "supervisor", ways: ["push"] },
  { id: "disa", name: "Disa", role: "admin", ways: [] },
  { id: "alva", name: "Alva", role: "host", ways: ["push"] },
];
const told = (more: Record<string, unknown> = {}, ...ladders: unknown[]) => ({
  body: {
    ladders: ladders.length > 0 ? ladders : [overdue(), help()],
    channels: { push: true, email: true, sms: false },
    groups: { host: [["push"], []], partner: [["push"], []], supervisors: [["push"]], admins: [[]] },
    people: PEOPLE,
    repeats_max: 6,
    ...more,
  },
});
const GONE = { status: 204, body: null };
const changed = (current: unknown) => ({
  status: 409,
  body: { type: "/problems/changed", status: 409, current },
});
const invalid = (...errors: [string, string][]) => ({
  status: 422,
  body: {
    type: "/problems/invalid",
    status: 422,
    errors: errors.map(([pointer, code]) => ({ pointer, code })),
  },
});

function open(answers: Parameters<typeof deskServer>[0] = {}, role = "admin") {
  me.value = { id: "disa", name: "Disa", role } as NonNullable<typeof me.value>;
  const server = deskServer({ "/ladders": told(), ...answers });
  go("#/installningar/larmkedja");
  return { server, ...render(<Desk />) };
}

const section = async (name: string) => within(await screen.findByRole("region", { name }));
const evening = async (name: string) =>
  (await section(name))
    .getAllByRole("listitem")
    .map((one) => `${one.querySelector(".ladder-time")?.textContent} ${words(one)}`);
const words = (item: HTMLElement) => item.querySelector(".ladder-whom")?.textContent;
async function edit(kind = "Utebliven incheckning") {
  fireEvent.click(await screen.findByRole("button", { name: `Ändra stegen: ${kind}` }));
  return within(await screen.findByRole("dialog"));
}
type Dialog = Awaited<ReturnType<typeof edit>>;
const press = (dialog: Dialog, name: string) => fireEvent.click(dialog.getByRole("button", { name }));
const type = (box: HTMLElement | undefined, value: string) =>
  fireEvent.input(box as HTMLElement, { target: { value } });
const heads = (dialog: Dialog) => dialog.getAllByRole("heading", { level: 3 }).map((h) => h.textContent);

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

it("says in plain words what an evening by each ladder is like, and no fault that axe finds", async () => {
  const { container } = open();
  expect(await evening("Utebliven incheckning")).toEqual([
    "21:30 lovad incheckning",
    "21:35 larm: värden själv",
    "21:40 parkamraten",
    "21:45 arbetsledarna",
    "21:55 administratörerna",
  ]);
  expect(await evening("Hjälplarm och hot")).toEqual(["21:30 larm: arbetsledarna"]);
  const all = "Därefter alla igen med 10 minuters mellanrum, högst 6 gånger, tills någon kvitterar.";
  expect(screen.getAllByText(all)).toHaveLength(2);
  expect(screen.getAllByText("Serverns inställning gäller. Ingen har ändrat den här.")).toHaveLength(2);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("says which ways are not set up and whom a step would not reach", async () => {
  open();
  expect(await screen.findByText(/^Inte inställt på servern: sms\. Den som driver/)).toBeTruthy();
  const items = (await section("Utebliven incheckning")).getAllByRole("listitem");
  expect(items[1]?.textContent).toContain("1 av 2 nås inte utanför appen.");
  expect(items[3]?.textContent).not.toContain("nås");
  expect(items[4]?.textContent).toContain("Når just nu ingen utanför appen");
  expect(items[4]?.textContent).toContain("Med avisering, e-post och sms (inte inställt)");
});

it("says of a step what it would not do as it was chosen", async () => {
  const steps = [
    step(0, ["supervisors"], ["sms"]),
    step(1, ["supervisors"], ["email"]),
    step(2, ["alva", "gone"], ["push"]),
    step(3, ["@nobody"]),
  ];
  open({ "/ladders": told({}, overdue({ steps }), help()) });
  const items = (await section("Utebliven incheckning")).getAllByRole("listitem").slice(1);
  expect(items[0]?.textContent).toContain("Inget av det valda är inställt på servern.");
  expect(items[1]?.textContent).toContain("Först med e-post");
  expect(items[1]?.textContent).toContain("1 av 1 nås bara på annat sätt än det valda, och får det så.");
  expect(items[2]?.textContent).toContain("Alva och någon som är avstängd");
  expect(items[2]?.textContent).toContain("Någon som steget pekar ut finns inte längre.");
  expect(items[3]?.textContent).toContain("@nobody (finns inte)");
  expect(items[3]?.textContent).toContain("Når ingen just nu: det finns ingen sådan.");
});

it("says it loudly when the server can tell nobody, and when there is nobody", async () => {
  const none = { channels: { push: false, email: false, sms: false } };
  open({ "/ladders": told({ ...none, groups: { host: [], partner: [], supervisors: [], admins: [] } }) });
  const alarm = await screen.findByRole("alert");
  expect(alarm.textContent).toContain("Servern kan inte säga till någon utanför appen");
  expect(screen.getAllByText("Når ingen just nu: det finns ingen sådan.")).toHaveLength(5);
});

it("saves the steps on top of what was seen", async () => {
  const { server } = open({ "PUT /ladders/overdue": GONE });
  const dialog = await edit();
  type(dialog.getByLabelText("Larma så många minuter efter den lovade tiden"), "3");
  const second = within(dialog.getAllByRole("listitem")[1] as HTMLElement);
  type(second.getByLabelText("Minuter efter larmet"), "4");
  fireEvent.click(second.getByLabelText("arbetsledarna"));
  fireEvent.click(second.getByLabelText("sms (inte inställt)"));
  fireEvent.change(second.getByLabelText("Peka ut en person"), { target: { value: "bo" } });
  expect(heads(dialog)[1]).toBe("Steg 2 · 21:37");
  press(dialog, "Spara");
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]?.body).toEqual({
    ...{ based_on: null, grace_min: 3, repeat_min: 10 },
    steps: [
      step(0, ["host"]),
      step(4, ["partner", "supervisors", "bo"], ["push", "email"]),
      step(10, ["supervisors"]),
      step(20, ["admins"]),
    ],
  });
});

it("moves a step by the keyboard: the times stay, the focus follows, and it is said", async () => {
  const { container, server } = open({ "PUT /ladders/overdue": GONE });
  const dialog = await edit();
  expect(dialog.getByRole<HTMLButtonElement>("button", { name: "Flytta upp steg 1" }).disabled).toBe(true);
  press(dialog, "Flytta upp steg 3");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Flytta upp steg 2");
  expect(dialog.getByText("arbetsledarna är nu steg 2 av 4.")).toBeTruthy();
  press(dialog, "Flytta upp steg 2");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Flytta ned steg 1");
  expect(heads(dialog)).toEqual(["Steg 1 · 21:35", "Steg 2 · 21:40", "Steg 3 · 21:45", "Steg 4 · 21:55"]);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  press(dialog, "Spara");
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]?.body).toMatchObject({
    steps: [step(0, ["supervisors"]), step(5, ["host"]), step(10, ["partner"]), step(20, ["admins"])],
  });
});

it("takes a step away and adds one, the focus in what is there", async () => {
  open();
  const dialog = await edit();
  press(dialog, "Ta bort steg 4");
  expect(dialog.getByText("Steget är borttaget. Nu finns 3 kvar.")).toBeTruthy();
  expect(heads(dialog)).toHaveLength(3);
  press(dialog, "Lägg till ett steg");
  expect(heads(dialog)[3]).toBe("Steg 4 · 21:50");
  const last = within(dialog.getAllByRole("listitem")[3] as HTMLElement);
  expect(document.activeElement).toBe(last.getByLabelText("Minuter efter larmet"));
});

it("never leaves a ladder without a step, nor takes an eleventh", async () => {
  const steps = Array.from({ length: 10 }, (_, n) => step(n, ["supervisors"]));
  open({ "/ladders": told({}, overdue({ steps }), help()) });
  const dialog = await edit();
  expect(dialog.getByRole<HTMLButtonElement>("button", { name: "Lägg till ett steg" }).disabled).toBe(true);
  expect(dialog.getByText("Fler än 10 steg går inte.")).toBeTruthy();
  cleanup();
  open();
  const only = await edit("Hjälplarm och hot");
  expect(only.getByRole<HTMLButtonElement>("button", { name: "Ta bort steg 1" }).disabled).toBe(true);
  expect(only.queryByLabelText(/lovade tiden/)).toBeNull();
});

it("shows the evening as it would be while one writes", async () => {
  open();
  const dialog = await edit();
  type(dialog.getAllByLabelText("Minuter efter larmet")[3], "2x");
  expect(dialog.getAllByLabelText<HTMLInputElement>("Minuter efter larmet")[3]?.value).toBe("2x");
  expect(heads(dialog)[3]).toBe("Steg 4");
  type(dialog.getAllByLabelText("Minuter efter larmet")[3], "150");
  const preview = within(dialog.getByRole("list", { name: "Så blir det en kväll" }));
  expect(preview.getAllByRole("listitem").at(-1)?.textContent).toContain("00:05administratörerna");
});

it("says beside the field what the server could not take, until that is changed", async () => {
  const errors = invalid(
    ["/steps/1/after_min", "ascending"],
    ["/steps/2/via", "none"],
    ["/steps", "no-supervisors"],
  );
  open({ "PUT /ladders/overdue": errors });
  const dialog = await edit();
  type(dialog.getAllByLabelText("Minuter efter larmet")[1], "0");
  press(dialog, "Spara");
  expect(await dialog.findByText("Varje steg måste komma senare än det före.")).toBeTruthy();
  expect(dialog.getByText("Välj minst ett sätt.")).toBeTruthy();
  expect(dialog.getByText("Något steg måste gå till arbetsledarna.")).toBeTruthy();
  const box = dialog.getAllByLabelText("Minuter efter larmet")[1];
  expect(box?.getAttribute("aria-invalid")).toBe("true");
  await vi.waitFor(() => expect(document.activeElement).toBe(box));
  type(box, "7");
  expect(dialog.queryByText("Varje steg måste komma senare än det före.")).toBeNull();
});

it("says how much the server takes where it was too much", async () => {
  const errors = invalid(
    ["/grace_min", "bounds"],
    ["/repeat_min", "bounds"],
    ["/steps", "many"],
    ["/steps/0/after_min", "bounds"],
    ["/steps/1/whom", "many"],
  );
  open({ "PUT /ladders/overdue": errors });
  const dialog = await edit();
  press(dialog, "Spara");
  expect(await dialog.findByText("Skriv ett helt antal minuter, högst 120.")).toBeTruthy();
  for (const words of [
    "Skriv ett helt antal minuter, högst 720.",
    "Skriv ett helt antal minuter, 1 till 240.",
    "Fler än 10 steg går inte.",
    "Så många går inte i ett steg. Välj högst 10.",
  ])
    expect(dialog.getByText(words)).toBeTruthy();
});

it("keeps what one writes beside what somebody else has put meanwhile", async () => {
  const theirs = overdue({ own: true, version: 9, grace_min: 8, steps: [step(2, ["supervisors"])] });
  const { server } = open({ "PUT /ladders/overdue": changed(theirs) });
  const dialog = await edit();
  press(dialog, "Ta bort steg 4");
  type(dialog.getByLabelText("Larma så många minuter efter den lovade tiden"), "3");
  press(dialog, "Spara");
  expect(await dialog.findByText("Någon annan har nyss skrivit: 8")).toBeTruthy();
  expect(
    dialog.getByText(/nyss skrivit: 21:30 lovad incheckning · 21:33 larm på skrivbordet · 21:35 arb/),
  ).toBeTruthy();
  expect(dialog.getByText(/^Någon annan har ändrat under tiden/)).toBeTruthy();
  expect(heads(dialog)).toHaveLength(3);
  server.answer("PUT /ladders/overdue", GONE);
  press(dialog, "Spara");
  await vi.waitFor(() => expect(server.sent.at(-1)?.body).toMatchObject({ based_on: 9, grace_min: 3 }));
});

it("goes back to the server's setting when that is asked for twice", async () => {
  const own = overdue({ own: true, version: 7, since: at("20:10"), steps: [step(0, ["supervisors"])] });
  const { server } = open({ "/ladders": told({}, own, help()), "POST /ladders/overdue/default": GONE });
  expect(await screen.findByText("Egna steg sedan 20:10.")).toBeTruthy();
  const dialog = await edit();
  press(dialog, "Gå tillbaka till serverns inställning");
  expect(server.sent).toEqual([]);
  press(dialog, "Ja, gå tillbaka");
  await vi.waitFor(() => expect(server.sent[0]?.body).toEqual({ based_on: 7 }));
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("supervisors read it, with who changed what, and change nothing", async () => {
  const edits = [
    {
      ...{ id: "e2", type: "ladder.put", at: at("20:30"), author: { id: "disa", name: "Disa" } },
      changes: [{ member: "active", from: null, to: false }],
    },
    {
      ...{ id: "e1", type: "ladder.put", at: at("20:00"), author: null, is_first: true },
      changes: [
        { member: "kind", from: null, to: "overdue" },
        { member: "steps", from: null, to: [step(4, ["partner", "bo"], ["sms"]), step(9, ["admins"])] },
      ],
    },
  ];
  open({ "/ladders/overdue/history": { body: { edits } } }, "supervisor");
  const one = await section("Utebliven incheckning");
  expect(screen.queryByRole("button", { name: /Ändra/ })).toBeNull();
  const details = one.getByText("Historik").closest("details") as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event("toggle"));
  expect(await one.findByText("steg: 4 min parkamraten och Bo (sms); 9 min administratörerna")).toBeTruthy();
  expect(one.getByText("gäller: inget → serverns inställning")).toBeTruthy();
  expect(one.getByText(/Disa$/)).toBeTruthy();
});

it("speaks English, too", async () => {
  await setLanguage("en");
  open();
  expect(await evening("Missed check-in")).toEqual([
    "21:30 promised check-in",
    "21:35 alarm: the host",
    "21:40 the partner",
    "21:45 the supervisors",
    "21:55 the administrators",
  ]);
});

it("says when there is none, and shows what it has when the line breaks", async () => {
  const { server } = open({ "/ladders": { body: { ...told().body, ladders: [] } } });
  expect(await screen.findByText("Ingen larmkedja har kommit från servern.")).toBeTruthy();
  server.answer("/ladders", "offline");
  await vi.waitFor(
    () => {
      server.say("change", JSON.stringify({ seq: 8, shifts: [], kinds: ["ladder"] }));
      expect(screen.getByRole("button", { name: "Försök igen" })).toBeTruthy();
    },
    { timeout: 4_000, interval: 200 },
  );
});

it.each(["never", "offline"] as const)("says how it stands when the server is %s", async (answer) => {
  open({ "/ladders": answer });
  const said = answer === "never" ? /Hämtar/ : /Ingen kontakt med servern/;
  expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
});

it("keeps what one wrote when the line breaks while it is saved", async () => {
  open({ "PUT /ladders/overdue": "offline" });
  const dialog = await edit();
  press(dialog, "Ta bort steg 2");
  press(dialog, "Spara");
  expect(await dialog.findByText("Servern går inte att nå. Det du har skrivit är kvar.")).toBeTruthy();
  expect(heads(dialog)).toHaveLength(3);
});

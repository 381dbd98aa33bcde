import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { updateReady } from "../device/update";
import {
  health,
  me,
  organisation,
  ownOps,
  records,
  settings,
  unsentCount,
  unsentOthers,
} from "../store/state";
import { checkNow, retryNow, syncState } from "../sync";
import { go } from "../ui";
import { call, newCall } from "../ui/routes";
import { App } from "./App";
import { resumeHref } from "./Begun";
import { Frame } from "./Frame";
import { HomeScreen } from "./HomeScreen";
import { Lazy } from "./Lazy";
import { EntryScreen } from "./log/EntryScreen";
import { LogScreen } from "./log/LogScreen";
import SettingsScreen from "./SettingsScreen";
import { StatusScreen } from "./status/StatusScreen";
import { bo, setStage, startOfShift } from "./testing/cast";
import { add, drafts, emptyOutbox, failToSave } from "./testing/outbox";
import { seen, tap, type } from "./testing/play";
import { resolveTheme } from "./theme";

vi.mock("../outbox", () => import("./testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));
vi.mock("../store/ops", () => ({ ensureInstall: async () => ({ id: "0afaed78-1111", next_seq: 1 }) }));
vi.mock("../store/health", () => ({ measureStorage: async () => {}, acknowledgeLoss: vi.fn() }));
vi.mock("../sync", async () => ({
  ...(await import("../sync/state")),
  syncNow: vi.fn(async () => {}),
  sendHello: vi.fn(async () => {}),
  checkNow: vi.fn(),
  retryNow: vi.fn(async () => {}),
}));
vi.mock("../review/Desk", () => ({ default: () => <h1>Ikväll</h1> }));
vi.mock("../map/MapScreen", () => ({ default: () => <h1>Karta</h1> }));

const calm = syncState.value;
beforeEach(() => {
  setStage();
  emptyOutbox();
  syncState.value = { ...calm, online: true, problem: null };
  updateReady.value = false;
});
afterEach(cleanup);

describe("the frame", () => {
  it("says the shift and what is unsent, in words", () => {
    ownOps.value = [startOfShift()];
    unsentCount.value = 3;
    render(<Frame />);
    expect(screen.getByRole("link", { name: "3 osända" })).toBeTruthy();
    expect(screen.getByText(/^Pass 17:30–/)).toBeTruthy();
  });

  it("asks whether anybody rang, after a number was tapped", async () => {
    const dialedAt = "2026-11-20T19:13:00.000Z";
    const draft = {
      id: "t-1",
      form: "dial",
      author: "u-alva",
      shift: null,
      at: dialedAt,
      updatedAt: dialedAt,
    } as const;
    drafts.value = [{ ...draft, fields: { number: "112", what: "Bråk", dialedAt: null } }];
    render(<Frame />);
    expect(screen.queryByText("Ringde du 112?")).toBeNull();
    drafts.value = [{ ...draft, fields: { number: "112", what: "", dialedAt } }];
    await seen("Ringde du 112?");
    expect(screen.getByText("Numret öppnades 20:13. Inget är loggat än.")).toBeTruthy();
    await tap("Nej");
    await waitFor(() => expect(drafts.value).toEqual([]));
    expect(add).not.toHaveBeenCalled();
  });

  it("says that all is sent", () => {
    render(<Frame />);
    expect(screen.getByText("Allt skickat")).toBeTruthy();
    expect(screen.getByText("Inget pass")).toBeTruthy();
  });

  it.each([
    ["offline", "Ingen täckning. Allt sparas i telefonen."],
    ["server", /Servern svarar inte/],
    ["not-lykta", /Nätet svarar, men inte Lykta/],
    ["old-app", /Appen behöver uppdateras/],
    ["signin", /Logga in för att skicka/],
  ] as const)("says %s calmly", (problem, words) => {
    syncState.value = { ...calm, online: true, problem };
    render(<Frame />);
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is loud about a phone that cannot keep what is written", () => {
    health({ problem: "lost" });
    render(<Frame />);
    expect(screen.getByRole("alert").textContent).toContain("tömt Lyktas lager");
    expect(screen.getByRole("button", { name: "Jag har läst" })).toBeTruthy();
  });
});

describe("the start view", () => {
  it("offers a start, and an observation even without a shift", () => {
    render(<HomeScreen />);
    expect(screen.getByRole("heading", { name: "Hej Alva" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Starta pass" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Observation" })).toBeTruthy();
  });

  it("shows who is out, and what was begun", async () => {
    ownOps.value = [startOfShift()];
    drafts.value = [
      {
        id: "d-1",
        form: "observation",
        author: "u-alva",
        shift: "s-1",
        at: "2026-11-20T18:40:00.000Z",
        updatedAt: "2026-11-20T18:40:00.000Z",
        fields: {},
      },
    ];
    render(<HomeScreen />);
    expect(screen.getByRole("heading", { name: "Alva + Cim" })).toBeTruthy();
    await seen("Påbörjad observation 19:40 – fortsätt");
  });

  it("offers a new version only when nothing is being written", () => {
    updateReady.value = true;
    render(<HomeScreen />);
    expect(screen.getByRole("button", { name: "Ladda om nu" })).toBeTruthy();
    cleanup();
    drafts.value = [
      {
        id: "d",
        form: "checkin",
        author: "u-alva",
        shift: null,
        at: "",
        updatedAt: "",
        fields: { kind: "round" },
      },
    ];
    render(<HomeScreen />);
    expect(screen.queryByRole("button", { name: "Ladda om nu" })).toBeNull();
  });

  it.each([
    ["observation", {}, "#/observation/d"],
    ["checkin", { kind: "round" }, "#/incheckning/d?typ=round"],
    ["escalation", { service: "ORDV" }, "#/ring/logga/d?tjanst=ORDV"],
    ["attempt", { target: "e-1" }, "#/ring/forsok/d?till=e-1"],
    ["shift", {}, "#/falt/starta/d"],
    ["shift-end", {}, "#/falt/avsluta/d?pass=s-1"],
  ] as const)("goes on with a begun %s where it was left", (form, fields, href) => {
    const draft = { id: "d", form, author: "u-alva", shift: "s-1", at: "", updatedAt: "", fields };
    expect(resumeHref(draft)).toBe(href);
  });
});

describe("the log", () => {
  it("is empty in words, with and without coverage", () => {
    render(<LogScreen />);
    expect(screen.getByText("Inget loggat än")).toBeTruthy();
    cleanup();
    syncState.value = { ...calm, online: false };
    render(<LogScreen />);
    expect(screen.getByText(/Ingen täckning just nu/)).toBeTruthy();
  });

  it("shows each entry with its state, and the evening's date after midnight", () => {
    setStage({ at_ms: Date.parse("2026-11-21T00:10:00.000Z") });
    ownOps.value = [startOfShift()];
    render(<LogScreen />);
    expect(screen.getByText(/Passet fredag 20 nov/)).toBeTruthy();
    expect(screen.getByText("Pass startat")).toBeTruthy();
    expect(screen.getByText("Endast i telefonen")).toBeTruthy();
  });

  it("keeps what is unsent in sight, however old", () => {
    setStage({ at_ms: Date.parse("2026-11-25T20:00:00.000Z") });
    ownOps.value = [startOfShift({ sync: { state: "stuck", why: "413" } })];
    records.value = { ...records.value };
    render(<LogScreen />);
    expect(screen.getByText("Fel: tryck för att se")).toBeTruthy();
  });
});

describe("one entry", () => {
  it.each([
    [{ state: "stuck", why: "refused" }, /varje dag\. Orsak: servern tar inte emot den som den är/],
    [{ state: "stuck", why: "413" }, /försöks igen varje dag\. Orsak: okänd \(413\)/],
    [
      { state: "acked", seq: 1, receivedAt: "2026-11-20T21:05:00Z", quarantined: "type" },
      /en människa behöver titta/,
    ],
    [{ state: "pending" }, /^Sparad i telefonen\. .* täckning och Lykta är öppen\.$/],
  ] as const)("explains %o", (sync, words) => {
    ownOps.value = [startOfShift({ sync })];
    render(<EntryScreen id="s-1" />);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("lets the host try again at once, and says if that did not help", async () => {
    ownOps.value = [startOfShift({ sync: { state: "stuck", why: "server" } })];
    render(<EntryScreen id="s-1" />);
    await tap("Försök igen");
    expect(retryNow).toHaveBeenCalledWith(["s-1"]);
    await seen(/tog inte emot den nu heller/);
    expect(screen.getByRole("link", { name: "Spara en kopia" })).toBeTruthy();
  });

  it("takes comments, and keeps one that could not be saved", async () => {
    ownOps.value = [startOfShift()];
    render(<EntryScreen id="s-1" />);
    failToSave();
    type("Ny kommentar", "Vi möttes vid stationen");
    await tap("Spara kommentar");
    await seen(/INTE sparat/);
    await tap("Spara kommentar");
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>("Ny kommentar").value).toBe(""));
    expect(screen.getByText("Vi möttes vid stationen")).toBeTruthy();
    expect(add).toHaveBeenCalledTimes(2);
  });

  it("is not on every phone", () => {
    render(<EntryScreen id="nope" />);
    expect(screen.getByText("Posten finns inte på den här telefonen")).toBeTruthy();
  });
});

describe("the phone and sending", () => {
  it("says everything in words, own and others apart", async () => {
    ownOps.value = [startOfShift()];
    unsentCount.value = 5;
    unsentOthers.value = 4;
    health({ persisted: false, quotaBytes: 10_700_000_000, usedBytes: 172_000 });
    render(<StatusScreen />);
    const fact = (label: string) => screen.getByText(label).nextElementSibling?.textContent;
    expect([fact("Mina osända"), fact("Andras osända")]).toEqual(["1", "4"]);
    expect(fact("Äldsta osända")).toBe("17:30");
    expect(fact("Utrymme")).toBe("172 kB av 10,7 GB använt");
    expect(fact("Senaste kontakt")).toBe("Aldrig");
    await seen("0afaed78");
  });

  it("holds an update while something is begun", () => {
    updateReady.value = true;
    drafts.value = [
      { id: "d", form: "checkin", author: "u", shift: null, at: "", updatedAt: "", fields: {} },
    ];
    render(<StatusScreen />);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Ladda om senaste version" }).disabled).toBe(
      true,
    );
  });
});

describe("checking with the server", () => {
  const words = () =>
    screen.getByRole("button", { name: "Kontrollera mina uppgifter" }).parentElement?.textContent;
  const checked = { at: "2026-11-20T18:02:00.000Z", held: 253, missing: 0, photos: 0, photosMissing: 0 };

  it.each([
    [{ checked }, "253 av 253 finns på servern."],
    [{ checked: { ...checked, missing: 3 } }, "250 av 253 finns på servern. 3 saknades och skickas nu."],
    [{ checked: { ...checked, held: 0 } }, "håller inga uppgifter att kontrollera"],
    [{ check: { asking: true, problem: null }, checked }, "Kontrollerar …"],
    [
      { check: { asking: false, problem: "offline" } as const, checked },
      "Allt du sparat ligger kvar i telefonen",
    ],
    [{ check: { asking: false, problem: "signin" } as const }, "Ingen är inloggad på den här telefonen"],
  ])("says %o in words", (state, said) => {
    syncState.value = { ...calm, ...state };
    render(<StatusScreen />);
    expect(words()).toContain(said);
    expect(words()).toContain("Senast kontrollerat");
    expect(screen.getAllByRole("status").some(({ textContent }) => textContent?.includes(said))).toBe(true);
  });

  it("asks when asked to, once", async () => {
    render(<StatusScreen />);
    await tap("Kontrollera mina uppgifter");
    expect(checkNow).toHaveBeenCalledTimes(1);
    syncState.value = { ...calm, check: { asking: true, problem: null } };
    await tap("Kontrollera mina uppgifter");
    expect(checkNow).toHaveBeenCalledTimes(1);
  });

  it("leads to signing in where that is what is lacking", () => {
    syncState.value = { ...calm, check: { asking: false, problem: "signin" } };
    render(<StatusScreen />);
    expect(screen.getByRole("link", { name: "Logga in" })).toBeTruthy();
  });
});

describe("settings", () => {
  it("say who it is, and what happens to the unsent", async () => {
    unsentCount.value = 2;
    organisation.value = "Lyckhamns kommun";
    render(<SettingsScreen />);
    expect(screen.getByText(/Inloggad: Alva Lind/)).toBeTruthy();
    expect(screen.getByText("alva · trygghetsvärd · Lyckhamns kommun")).toBeTruthy();
    await tap("Byt användare");
    await seen(/2 osända poster stannar i telefonen/);
  });

  it("change the theme", async () => {
    render(<SettingsScreen />);
    await tap("Nattrött", "radio");
    expect(settings.value.theme).toBe("red");
    expect(resolveTheme("system", true)).toBe("light");
    expect(resolveTheme("red", true)).toBe("red");
  });
});

describe("who sees what", () => {
  it("asks who it is when nobody is signed in", async () => {
    me.value = null;
    render(<App />);
    await waitFor(() => screen.getByRole("button", { name: "Logga in" }));
  });

  it("gives the supervisor the desk, and the host's app beside it", async () => {
    me.value = bo;
    go("#/");
    render(<App />);
    await waitFor(() => screen.getByRole("heading", { name: "Ikväll" }));
    go("#/falt");
    await waitFor(() => screen.getByRole("heading", { name: "Hej Bo" }));
    expect(screen.getByRole("link", { name: "Ledning" })).toBeTruthy();
  });

  it("gives the host the host's app, whatever the address", () => {
    go("#/ikvall");
    render(<App />);
    expect(screen.getByRole("heading", { name: "Hej Alva" })).toBeTruthy();
    expect(screen.queryByRole("link", { name: "Ledning" })).toBeNull();
  });

  it("leaves a form for what it made, though both have one id", async () => {
    const id = "019a0000-0000-7000-8000-000000000001";
    go(newCall(id, "POL114"));
    render(<App />);
    const form = () => screen.queryByRole("heading", { name: "Logga tillkallad hjälp" });
    await waitFor(() => expect(form()).toBeTruthy());
    go(call(id), { replace: true });
    await waitFor(() => expect(form()).toBeNull());
  });

  it("shows the map when it has come", async () => {
    go("#/falt/karta");
    render(<App />);
    expect(screen.getByText("Hämtar kartan …")).toBeTruthy();
    await waitFor(() => screen.getByRole("heading", { name: "Karta" }));
  });
});

it("a part that cannot be fetched says so, and can be tried again", async () => {
  const load = vi
    .fn<() => Promise<{ default: () => preact.JSX.Element }>>()
    .mockRejectedValueOnce(new Error("offline"))
    .mockResolvedValue({ default: () => <p>Framme</p> });
  render(<Lazy load={load} props={{}} loading="Hämtar" failed="Kunde inte hämtas" />);
  await seen("Kunde inte hämtas");
  await tap("Försök igen");
  await seen("Framme");
});

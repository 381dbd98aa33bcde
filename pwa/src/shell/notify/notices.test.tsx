import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as device from "../../device/push";
import { alva, setStage } from "../testing/cast";
import { tap } from "../testing/play";
import NoticesScreen from "./NoticesScreen";
import { leave, noticeState, renew, turnOn } from "./subscription";

const KEY = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
const one = (name: string, key = KEY) => ({
  endpoint: `https://push.example/${name}`,
  keys: { p256dh: "p", auth: "a" },
  key,
});

const meta = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../store/meta", () => ({
  readMeta: async (key: string) => meta.get(key) ?? null,
  writeMeta: async (key: string, value: unknown) => {
    if (value === null) meta.delete(key);
    else meta.set(key, value);
  },
}));
vi.mock("../../device/push", async (original) => ({
  ...(await original<typeof device>()),
  pushAbility: vi.fn(() => "able"),
  askPermission: vi.fn(async () => true),
  isPermitted: vi.fn(() => true),
  currentSubscription: vi.fn(async () => null),
  subscribe: vi.fn(async (key: string) => one("new", key)),
  unsubscribe: vi.fn(async () => {}),
}));

/** What was asked of the server, in order; `dead` endpoints are those that a push service has given up. */
const asked: string[] = [];
const dead = new Set<string>();
let offline = false;
const channels = { push: true, email: null, mobile: "+46701234567", by_email: true, by_sms: false };
let trial: { status: number; body: unknown; wait?: string };

function answer(method: string, path: string, body: string): Response {
  const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify(value), {
      status,
      headers: { "Content-Type": "application/json", ...headers },
    });
  if (path.endsWith("/push/key")) return json({ key: KEY });
  if (path.endsWith("/channels")) return json(channels);
  if (path.endsWith("/push/test"))
    return json(trial.body, trial.status, trial.wait ? { "Retry-After": trial.wait } : {});
  if (method === "DELETE") return new Response(null, { status: 204 });
  const { endpoint } = JSON.parse(body);
  return json({ id: "x", state: dead.has(endpoint) ? "dead" : "live" });
}

beforeEach(() => {
  setStage();
  meta.clear();
  asked.length = 0;
  dead.clear();
  offline = false;
  noticeState.value = null;
  trial = { status: 200, body: { sent: [] } };
  vi.mocked(device.pushAbility).mockReturnValue("able");
  vi.mocked(device.askPermission).mockResolvedValue(true);
  vi.mocked(device.isPermitted).mockReturnValue(true);
  vi.mocked(device.currentSubscription).mockResolvedValue(null);
  vi.mocked(device.subscribe).mockImplementation(async (key) => one("new", key));
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    const path = url.replace("/api/v1", "");
    asked.push(
      `${method} ${path}${method === "PUT" ? ` ${JSON.parse(String(init.body)).endpoint.split("/").pop()}` : ""}`,
    );
    if (offline) throw new TypeError("no network");
    return answer(method, path, String(init.body));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("switching notices on", () => {
  it("asks for permission at the tap, never before", async () => {
    render(<NoticesScreen />);
    await screen.findByText("Av");
    expect(device.askPermission).not.toHaveBeenCalled();
    await tap("Slå på aviseringar");
    await screen.findByText("På");
    expect(device.askPermission).toHaveBeenCalledOnce();
    expect(asked).toContain("PUT /push/subscription new");
    expect(meta.get("notices")).toEqual({ person: alva.id });
    await tap("Slå av");
    await screen.findByText("Av");
    expect(meta.has("notices")).toBe(false);
    expect(device.unsubscribe).toHaveBeenCalled();
  });

  it("says it in words where the phone refuses", async () => {
    vi.mocked(device.askPermission).mockImplementation(async () => {
      vi.mocked(device.pushAbility).mockReturnValue("denied");
      return false;
    });
    render(<NoticesScreen />);
    await screen.findByText("Av");
    await tap("Slå på aviseringar");
    expect(await screen.findByText("Nekad av telefonen")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Slå på aviseringar" })).toBeNull();
    expect(meta.has("notices")).toBe(false);
  });

  it.each([
    ["home-screen", "Kräver hemskärmen"],
    ["denied", "Nekad av telefonen"],
    ["unable", "Kan inte här"],
  ] as const)("says that it is %s", async (ability, words) => {
    vi.mocked(device.pushAbility).mockReturnValue(ability);
    render(<NoticesScreen />);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Slå/ })).toBeNull();
  });

  it("sees what was allowed in the phone's settings meanwhile", async () => {
    vi.mocked(device.pushAbility).mockReturnValue("denied");
    render(<NoticesScreen />);
    await screen.findByText("Nekad av telefonen");
    vi.mocked(device.pushAbility).mockReturnValue("able");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(await screen.findByRole("button", { name: "Slå på aviseringar" })).toBeTruthy();
  });

  it("says why it did not work, and stays off", async () => {
    offline = true;
    render(<NoticesScreen />);
    await screen.findByText("Av");
    await tap("Slå på aviseringar");
    expect(await screen.findByText(/Ingen täckning/)).toBeTruthy();
    offline = false;
    vi.mocked(device.subscribe).mockRejectedValue(new DOMException("push service", "AbortError"));
    await tap("Slå på aviseringar");
    expect(await screen.findByText(/pushtjänst svarar inte/)).toBeTruthy();
    expect(screen.getByText("Av")).toBeTruthy();
  });
});

describe("at a start", () => {
  it("does nothing for who never switched them on, or is not signed in", async () => {
    await renew();
    meta.set("notices", { person: "u-cim" });
    await renew();
    await leave();
    expect(asked).toEqual([]);
  });

  it("shows the server what there is, and no more where that lives", async () => {
    meta.set("notices", { person: alva.id });
    vi.mocked(device.currentSubscription).mockResolvedValue(one("held"));
    await renew();
    expect(asked).toEqual(["PUT /push/subscription held"]);
    expect(noticeState.value).toBe("on");
  });

  it("row 63: makes another where the push service has given the old one up", async () => {
    meta.set("notices", { person: alva.id });
    vi.mocked(device.currentSubscription).mockResolvedValue(one("held"));
    dead.add(one("held").endpoint);
    await renew();
    expect(asked).toEqual(["PUT /push/subscription held", "GET /push/key", "PUT /push/subscription new"]);
    expect(device.subscribe).toHaveBeenCalledExactlyOnceWith(KEY);
    expect(noticeState.value).toBe("on");
  });

  it("makes another where the browser has lost it without a word", async () => {
    meta.set("notices", { person: alva.id });
    await renew();
    expect(asked).toEqual(["GET /push/key", "PUT /push/subscription new"]);
  });

  it("says that it was not reached, and keeps the wish for the next start", async () => {
    meta.set("notices", { person: alva.id });
    offline = true;
    await renew();
    render(<NoticesScreen />);
    expect(await screen.findByText("På, men servern har inte nåtts")).toBeTruthy();
    expect(meta.get("notices")).toEqual({ person: alva.id });
    offline = false;
    await tap("Slå på igen");
    expect(await screen.findByText("På")).toBeTruthy();
  });

  it("gives the subscription up at signing out, and keeps the wish", async () => {
    vi.mocked(device.currentSubscription).mockResolvedValue(one("held"));
    await turnOn();
    asked.length = 0;
    await leave();
    expect(asked).toEqual([expect.stringMatching(/^DELETE \/push\/subscription\?id=[0-9a-f]{64}$/)]);
    expect(meta.get("notices")).toEqual({ person: alva.id });
  });
});

describe("the other ways, and a test", () => {
  it("shows the addresses, and which of them nobody uses", async () => {
    render(<NoticesScreen />);
    expect(await screen.findByText("Ingen adress")).toBeTruthy();
    expect(screen.getByText("+46701234567 (servern skickar inte den vägen)")).toBeTruthy();
  });

  it("tells what came of each way", async () => {
    const sent = [
      { channel: "push", ok: true, why: null },
      { channel: "sms", ok: false, why: "refused" },
      { channel: "email", ok: false, why: "later-invention" },
    ];
    trial = { status: 200, body: { sent } };
    render(<NoticesScreen />);
    await tap("Skicka ett prov till mig");
    expect(await screen.findByText("Avisering: skickat")).toBeTruthy();
    expect(screen.getByText("SMS: kom inte iväg, tjänsten sa nej")).toBeTruthy();
    expect(screen.getByText("E-post: kom inte iväg, fel på servern")).toBeTruthy();
  });

  it("says that no way leads here, that it is too soon, or that it failed", async () => {
    trial = { status: 200, body: { sent: [{ channel: "none", ok: false, why: "no-channel" }] } };
    render(<NoticesScreen />);
    await tap("Skicka ett prov till mig");
    expect(await screen.findByText(/Ingen väg leder till dig/)).toBeTruthy();
    trial = { status: 429, body: {}, wait: "8" };
    await tap("Skicka ett prov till mig");
    expect(await screen.findByText("Vänta 8 sekunder före nästa prov.")).toBeTruthy();
    offline = true;
    await tap("Skicka ett prov till mig");
    await waitFor(() => expect(screen.getByText(/Provet kom inte iväg/)).toBeTruthy());
  });
});

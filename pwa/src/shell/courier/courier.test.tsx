import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CameraError, readCodes } from "../../device/camera";
import { handOver } from "../../device/share";
import { CannotSeal, makeCopy, makeSealedCopy } from "../../outbox/copy";
import { packPart, readLoad } from "../../outbox/courier";
import { toFrames } from "../../outbox/frames";
import { type Carried, carried, dropCarried, keepCarried } from "../../store/carried";
import { newRow } from "../../store/rows";
import { carriedOps, unsentCount } from "../../store/state";
import { deliverCarried } from "../../sync";
import { Frame } from "../Frame";
import { Courier } from "../status/Courier";
import { SaveCopy } from "../status/SaveCopy";
import { seen, tap } from "../testing/play";
import { drawCode } from "./draw";
import { nextOrder } from "./order";
import ReadScreen from "./ReadScreen";
import ShowScreen from "./ShowScreen";

vi.mock("../../device/camera", async (original) => ({ ...(await original()), readCodes: vi.fn() }));
vi.mock("../../device/share", () => ({ handOver: vi.fn(async () => "saved") }));
vi.mock("../../outbox/copy", async (original) => ({
  ...(await original()),
  makeCopy: vi.fn(async () => new File(["{}"], "plain.json")),
  makeSealedCopy: vi.fn(),
}));
vi.mock("../../outbox/courier", async (original) => ({
  ...(await original()),
  readLoad: vi.fn(),
  packPart: vi.fn(),
}));
vi.mock("../../store/carried", async (original) => ({
  ...(await original()),
  keepCarried: vi.fn(),
  dropCarried: vi.fn(),
}));
vi.mock("../../sync", async () => ({
  ...(await import("../../sync/state")),
  deliverCarried: vi.fn(async () => {}),
}));
vi.mock("./draw", () => ({ drawCode: vi.fn() }));

const op = (n: number, length = 20_000) =>
  newRow(
    {
      id: `o${n}`,
      type: "checkin.create",
      v: 1,
      author: "a",
      shift: null,
      hash: "h",
      body: "x".repeat(length),
    },
    { install: "i", seq: n },
  );
const header = btoa(JSON.stringify({ alg: "ECDH-ES", enc: "A256GCM", kid: "k", ops: 2 })).replaceAll("=", "");
const row: Carried = {
  id: "c1",
  ops: 12,
  jwe: "eyJ",
  at: "2026-11-20T21:00:00.000Z",
  state: "waiting",
  why: null,
  told: null,
};

beforeEach(() => {
  carried.value = [];
  carriedOps.value = 0;
  unsentCount.value = 3;
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe("saving a copy", () => {
  it("gives an encrypted file at the first tap", async () => {
    const file = new File(["eyJ"], "lykta.jwe.txt");
    vi.mocked(makeSealedCopy).mockResolvedValue(file);
    render(<SaveCopy />);
    await tap("Spara en kopia");
    await seen(/bland telefonens hämtade filer/);
    expect(handOver).toHaveBeenCalledWith(file);
  });

  it.each([
    ["no-key", /inte hämtat organisationens nyckel/],
    ["no-crypto", /kan inte kryptera filen/],
  ] as const)("says %s, and makes a plain one only when told to", async (why, words) => {
    vi.mocked(makeSealedCopy).mockRejectedValue(new CannotSeal(why));
    render(<SaveCopy />);
    await tap("Spara en kopia");
    await seen(words);
    expect(screen.getByRole("alert").textContent).toContain("kan läsas av alla");
    expect([handOver, makeCopy].map((act) => vi.mocked(act).mock.calls.length)).toEqual([0, 0]);
    await tap("Spara okrypterad kopia");
    await seen(/bland telefonens hämtade filer/);
    expect(makeCopy).toHaveBeenCalledOnce();
  });

  it("asks for another tap where the first is too long ago to share", async () => {
    vi.mocked(makeSealedCopy).mockResolvedValue(new File(["eyJ"], "lykta.jwe.txt"));
    vi.stubGlobal("navigator", { userActivation: { isActive: false } });
    render(<SaveCopy />);
    await tap("Spara en kopia");
    await seen("Filen är klar.");
    expect(handOver).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
    await tap("Lämna filen");
    expect(handOver).toHaveBeenCalledOnce();
  });
});

describe("showing codes", () => {
  it("goes round all of them, can be paused, and says which one it is", async () => {
    vi.mocked(readLoad).mockResolvedValue({ unsent: [op(1, 9), op(2, 9)], journaled: [], recent: [] });
    vi.mocked(packPart).mockResolvedValue({ ops: 2, frames: ["A", "B", "C"] });
    render(<ShowScreen />);
    await seen("2 poster");
    const drawn = () => new Set(vi.mocked(drawCode).mock.calls.map(([, text]) => text));
    await waitFor(() => expect(drawn()).toEqual(new Set(["A", "B", "C"])), { timeout: 3000 });
    await tap("Paus");
    const count = vi.mocked(drawCode).mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(vi.mocked(drawCode).mock.calls.length).toBe(count);
    expect(screen.getByRole("img", { name: "Rutkod" })).toBeTruthy();
    expect(screen.getByText(/^Ruta [123] av 3$/)).toBeTruthy();
  });

  it("shows much in parts, and what was sent within a day if asked to", async () => {
    vi.mocked(readLoad).mockResolvedValue({ unsent: [op(1), op(2)], journaled: [], recent: [op(3)] });
    vi.mocked(packPart).mockResolvedValue({ ops: 1, frames: ["A"] });
    render(<ShowScreen />);
    await seen("1 post · Del 1 av 2");
    await tap("Nästa del");
    await seen("1 post · Del 2 av 2");
    screen.getByRole("radio", { name: /Även skickat/ }).click();
    await seen("1 post · Del 1 av 3");
  });

  it.each([
    [new CannotSeal("no-key"), /inte hämtat organisationens nyckel/],
    [new CannotSeal("no-crypto"), /kan inte kryptera/],
    [new RangeError(), /för stor för koder/],
    [new Error(), /gick inte att göra/],
  ])("says why not: %o", async (error, words) => {
    vi.mocked(readLoad).mockResolvedValue({ unsent: [op(1)], journaled: [], recent: [] });
    vi.mocked(packPart).mockRejectedValue(error);
    render(<ShowScreen />);
    await seen(words);
    expect(screen.queryByRole("img")).toBeNull();
  });

  it("says when there is nothing to show, and when all has been sent meanwhile", async () => {
    vi.mocked(readLoad).mockResolvedValue({ unsent: [], journaled: [], recent: [] });
    render(<ShowScreen />);
    await seen(/inget att visa/);
    cleanup();
    unsentCount.value = 0;
    vi.mocked(readLoad).mockResolvedValue({ unsent: [op(1)], journaled: [], recent: [] });
    render(<ShowScreen />);
    await seen(/Allt är skickat/);
  });

  it("shuffles without losing any", () => {
    const dice = [0.9, 0.1, 0.5, 0.3];
    expect(nextOrder(4, () => dice.shift() ?? 0).sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("reading codes", () => {
  const camera = { stop: vi.fn(), hear: async (_text: string) => {} };
  const opened = () =>
    vi.mocked(readCodes).mockImplementation(async (_video, onCode) => {
      camera.hear = async (text) => onCode(text);
      return camera.stop;
    });
  const frames = async (first: string) => {
    const bytes = new Uint8Array(900);
    const head = new TextEncoder().encode(atob(first));
    new DataView(bytes.buffer).setUint16(0, head.length);
    bytes.set(head, 2);
    return toFrames(bytes);
  };

  it("tells how far it is, keeps the whole, and lets the camera go", async () => {
    opened();
    vi.mocked(keepCarried).mockResolvedValue();
    render(<ReadScreen />);
    await seen("Letar efter koder …");
    const [first = "", second = "", third = ""] = await frames(header);
    await camera.hear("https://example.se");
    await camera.hear(first);
    await seen("1 av 3 rutor lästa");
    await camera.hear(third);
    await camera.hear(second);
    await seen("Klart. Du bär nu 2 poster åt din kollega.");
    expect(camera.stop).toHaveBeenCalled();
    expect(vi.mocked(keepCarried).mock.calls[0]?.[0]).toMatchObject({ ops: 2, state: "waiting" });
  });

  it("does not say that it carries what it could not store", async () => {
    opened();
    vi.mocked(keepCarried).mockRejectedValue(new DOMException("", "QuotaExceededError"));
    render(<ReadScreen />);
    await seen("Letar efter koder …");
    for (const frame of await frames(header)) await camera.hear(frame);
    await seen(/kunde inte spara det som lästes/);
    expect(screen.queryByText(/Du bär nu/)).toBeNull();
  });

  it("says of codes that hold something else what they are", async () => {
    opened();
    render(<ReadScreen />);
    await seen("Letar efter koder …");
    for (const frame of await frames(btoa("{}"))) await camera.hear(frame);
    await seen(/hör inte till en kopia från Lykta/);
    await tap("Försök igen");
    await seen("Letar efter koder …");
  });

  it.each([
    ["none", /Ingen kamera/],
    ["refused", /får inte använda kameran/],
    ["busy", /upptagen av en annan app/],
  ] as const)("says what is wrong with the camera: %s", async (why, words) => {
    vi.mocked(readCodes).mockRejectedValue(new CameraError(why));
    render(<ReadScreen />);
    await seen(words);
  });

  it("lets the camera go when the screen is left", async () => {
    opened();
    const { unmount } = render(<ReadScreen />);
    await seen("Letar efter koder …");
    unmount();
    await waitFor(() => expect(camera.stop).toHaveBeenCalledOnce());
  });
});

describe("what is carried", () => {
  it("is said on every screen", () => {
    carriedOps.value = 12;
    render(<Frame />);
    expect(screen.getByRole("link", { name: "Bär 12 poster åt en kollega" })).toBeTruthy();
  });

  it("says that it waits, and goes now if asked to", async () => {
    carried.value = [row];
    render(<Courier />);
    expect(screen.getByText(/^Bär 12 poster åt en kollega/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Ta bort" })).toBeNull();
    await tap("Skicka det jag bär nu");
    expect(deliverCarried).toHaveBeenCalledOnce();
  });

  it("says what came of it, and is taken away by a tap", async () => {
    carried.value = [{ ...row, state: "delivered", told: { new: 10, known: 2, quarantined: 1, damaged: 1 } }];
    render(<Courier />);
    await seen(
      /12 poster åt en kollega är framme: 10 nya, 2 fanns redan\. 1 av dem behöver en människa titta på\. 1 var skadad/,
    );
    await tap("Ta bort");
    expect(dropCarried).toHaveBeenCalledWith("c1");
  });

  it("says why the server would not, and can be handed over as a file", async () => {
    carried.value = [{ ...row, state: "refused", why: "copy-origin" }];
    render(<Courier />);
    await seen(/inte känd eller är spärrad.*Lämna dem som fil till arbetsledaren/);
    await tap("Lämna som fil");
    expect(vi.mocked(handOver).mock.calls[0]?.[0].name).toBe("lykta-c1.jwe.txt");
  });
});

import encodeQR from "qr";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CODE_VERSION, toFrames } from "../outbox/frames";
import { CameraError, readCodes, readPicture } from "./camera";

afterEach(() => vi.unstubAllGlobals());

/** As a camera sees it: grey on grey, unsharp at the edges, with noise, to the side. */
function seen(text: string, side: number): ImageData {
  const modules = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", version: CODE_VERSION });
  const data = new Uint8ClampedArray(side * side * 4).fill(190);
  const [scale, left, top] = [(side * 0.8) / modules.length, side * 0.15, side * 0.06];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const row = modules[Math.floor((y - top) / scale)];
      const isDark = row?.[Math.floor((x - left) / scale)] ?? false;
      const noise = ((x * 7919 + y * 104_729) % 31) - 15;
      data.fill((isDark ? 60 : 190) + noise, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return { data, width: side, height: side, colorSpace: "srgb" } as ImageData;
}

describe("the reader in JavaScript", () => {
  it("reads a full code at the size that the app gives it", async () => {
    const frames = await toFrames(new Uint8Array(700).map((_, n) => (n * 31) % 256));
    for (const frame of frames)
      for (const side of [480, 720, 800]) expect(readPicture(seen(frame, side))).toEqual([frame]);
  });

  it("finds nothing where nothing is", () => {
    const width = 480;
    const data = new Uint8ClampedArray(width * width * 4).fill(120);
    expect(readPicture({ data, width, height: width, colorSpace: "srgb" } as ImageData)).toEqual([]);
  });
});

describe("the camera", () => {
  it.each([
    ["NotAllowedError", "refused"],
    ["NotReadableError", "busy"],
    ["NotFoundError", "none"],
  ])("%s is said as %s", async (name, why) => {
    const getUserMedia = () => Promise.reject(new DOMException("", name));
    vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
    await expect(readCodes(document.createElement("video"), () => {})).rejects.toEqual(
      new CameraError(why as never),
    );
  });

  it("is said to be missing where the page may not ask", async () => {
    vi.stubGlobal("navigator", {});
    await expect(readCodes(document.createElement("video"), () => {})).rejects.toMatchObject({ why: "none" });
  });

  it("uses the phone's own reader, and the other when that fails again and again", async () => {
    const stop = vi.fn();
    const getUserMedia = async () => ({ getTracks: () => [{ stop }] });
    vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
    const looks = ["A", "fail", "B"];
    vi.stubGlobal(
      "BarcodeDetector",
      class {
        static getSupportedFormats = async () => ["qr_code"];
        detect = async () => {
          const rawValue = looks.shift() ?? "fail";
          if (rawValue === "fail") throw new DOMException("", "NotSupportedError");
          return [{ rawValue }];
        };
      },
    );
    const video = document.createElement("video");
    Object.defineProperty(video, "srcObject", { writable: true, value: null });
    video.play = async () => undefined;
    const drawn = vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    const read: string[] = [];
    const end = await readCodes(video, (text) => read.push(text));
    await vi.waitFor(() => expect(drawn).toHaveBeenCalled(), { timeout: 3000 });
    end();
    expect(read).toEqual(["A", "B"]);
    expect(stop).toHaveBeenCalledOnce();
    expect(video.srcObject).toBeNull();
  });

  it("sees every one of some codes that change in step with a slow reader", async () => {
    vi.useFakeTimers();
    const getUserMedia = async () => ({ getTracks: () => [] });
    vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
    // Four codes, a fifth of a second each; it takes 340 ms to read one.
    vi.stubGlobal(
      "BarcodeDetector",
      class {
        static getSupportedFormats = async () => ["qr_code"];
        detect = async () => {
          const rawValue = String(Math.floor(Date.now() / 200) % 4);
          await new Promise((resolve) => setTimeout(resolve, 340));
          return [{ rawValue }];
        };
      },
    );
    const video = document.createElement("video");
    Object.defineProperty(video, "srcObject", { writable: true, value: null });
    video.play = async () => undefined;
    const read = new Set<string>();
    const end = await readCodes(video, (text) => read.add(text));
    await vi.advanceTimersByTimeAsync(20_000);
    end();
    vi.useRealTimers();
    expect(read.size).toBe(4);
  });
});

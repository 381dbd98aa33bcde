import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dropBasemap, listBasemaps } from "../store/basemaps";
import { bases, fetchBase, keptFiles, refreshBases } from "./bases";

const FILE = new TextEncoder().encode('{"type":"FeatureCollection","features":[]}');

async function offer(over: { sha256?: string; size?: number } = {}) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", FILE));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const map = {
    id: "m1",
    name: "Sölvesborg",
    kind: "geojson",
    size: FILE.length,
    attribution: "© SCB",
    sha256,
    ...over,
  };
  const json = { "Content-Type": "application/json" };
  vi.stubGlobal("fetch", async (input: string) =>
    String(input).endsWith("/maps")
      ? new Response(JSON.stringify({ items: [map] }), { headers: json })
      : new Response(FILE, { headers: { "Content-Type": "application/geo+json" } }),
  );
}
const offline = () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
const states = () => bases.value?.map(({ map, holding }) => `${map.name}: ${holding.state}`);

beforeEach(async () => {
  bases.value = null;
  for (const { id } of await listBasemaps()) await dropBasemap(id);
});
afterEach(() => vi.unstubAllGlobals());

describe("base maps", () => {
  it("are fetched whole once, and are there without network afterwards", async () => {
    await offer();
    await refreshBases();
    expect(states()).toEqual(["Sölvesborg: kept"]);
    offline();
    bases.value = null;
    await refreshBases();
    expect(states()).toEqual(["Sölvesborg: kept"]);
    const [file] = await keptFiles(bases.value ?? []);
    expect(new Uint8Array(file?.bytes ?? new ArrayBuffer())).toEqual(FILE);
  });

  it("that came damaged are not kept, and can be fetched again", async () => {
    await offer({ sha256: "00" });
    await refreshBases();
    expect(states()).toEqual(["Sölvesborg: failed"]);
    expect(await listBasemaps()).toEqual([]);
    await offer();
    await refreshBases();
    expect(states()).toEqual(["Sölvesborg: kept"]);
  });

  it("that are large wait for a tap", async () => {
    await offer({ size: 900_000_000 });
    await refreshBases();
    expect(states()).toEqual(["Sölvesborg: offered"]);
  });

  it("that the organisation has taken away leave the device", async () => {
    await offer();
    await refreshBases();
    vi.stubGlobal(
      "fetch",
      async () => new Response('{"items":[]}', { headers: { "Content-Type": "application/json" } }),
    );
    await refreshBases();
    expect(states()).toEqual([]);
    expect(await listBasemaps()).toEqual([]);
  });

  it("that cannot be fetched say so", async () => {
    await offer({ size: 900_000_000 });
    await refreshBases();
    offline();
    const [entry] = bases.value ?? [];
    if (entry) await fetchBase(entry.map);
    expect(states()).toEqual(["Sölvesborg: failed"]);
  });

  it("are none without network on a new device", async () => {
    offline();
    await refreshBases();
    expect(states()).toEqual([]);
  });
});

// @vitest-environment node
import { PMTiles, TileType } from "pmtiles";
import { describe, expect, it } from "vitest";
import { BufferSource } from "./buffer-source";

const HEADER_BYTES = 127;
const TILE = new TextEncoder().encode("tile at 0/0/0");
/** One entry, as varints: count, tile id 0, run of 1, its length, offset 0 (written + 1). */
const DIRECTORY = Uint8Array.from([1, 0, 1, TILE.length, 1]);
const METADATA = new TextEncoder().encode('{"vector_layers":[{"id":"roads"}]}');

/** The smallest archive of version 3 there can be: one tile, nothing compressed. */
function archive(): ArrayBuffer {
  const parts = [DIRECTORY, METADATA, new Uint8Array(), TILE];
  const bytes = new Uint8Array(HEADER_BYTES + parts.reduce((sum, part) => sum + part.length, 0));
  bytes.set(new TextEncoder().encode("PMTiles"));
  const view = new DataView(bytes.buffer);
  view.setUint8(7, 3);
  let at = HEADER_BYTES;
  for (const [i, part] of parts.entries()) {
    view.setBigUint64(8 + i * 16, BigInt(at), true);
    view.setBigUint64(16 + i * 16, BigInt(part.length), true);
    bytes.set(part, at);
    at += part.length;
  }
  view.setBigUint64(72, 1n, true);
  view.setUint8(97, 1); // directories not compressed
  view.setUint8(98, 1); // tiles not compressed
  view.setUint8(99, TileType.Mvt);
  return bytes.buffer;
}

describe("a PMTiles file kept whole", () => {
  it("is read without a network: header, metadata and tile", async () => {
    const file = new PMTiles(new BufferSource("town", archive()));
    expect((await file.getHeader()).tileType).toBe(TileType.Mvt);
    expect(await file.getMetadata()).toEqual({ vector_layers: [{ id: "roads" }] });
    const tile = await file.getZxy(0, 0, 0);
    expect(new TextDecoder().decode(tile?.data)).toBe("tile at 0/0/0");
    expect(await file.getZxy(1, 0, 0)).toBeUndefined();
  });

  it("answers short at its end, and refuses what lies outside", async () => {
    const source = new BufferSource("x", Uint8Array.from([1, 2, 3]).buffer);
    expect(new Uint8Array((await source.getBytes(1, 99)).data)).toEqual(Uint8Array.from([2, 3]));
    await expect(source.getBytes(3, 1)).rejects.toThrow(RangeError);
    await expect(source.getBytes(-1, 1)).rejects.toThrow(RangeError);
  });

  it("stops when it is no longer wanted", async () => {
    const source = new BufferSource("x", new ArrayBuffer(8));
    await expect(source.getBytes(0, 1, AbortSignal.abort())).rejects.toThrow();
  });

  it("that is damaged is refused", async () => {
    const file = new PMTiles(new BufferSource("bad", new ArrayBuffer(200)));
    await expect(file.getHeader()).rejects.toThrow();
  });
});

// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockSize, blocksAlong, cut, frameOf, hidden, type Pixels, WHOLE } from "./edit";

function noise(width: number, height: number, seed: number): Pixels {
  let state = seed;
  const data = new Uint8ClampedArray(width * height * 4).map((_, at) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return at % 4 === 3 ? 255 : state % 256;
  });
  return { width, height, data };
}

const pixel = ({ width, data }: Pixels, x: number, y: number) =>
  [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)].join();

describe("hiding a part", () => {
  it("leaves one colour in each block, and everything outside as it was", () => {
    const picture = noise(400, 300, 7);
    const size = blockSize(picture);
    const blocks = blocksAlong(picture, { x: 100, y: 100 }, { x: 180, y: 140 });
    const after = hidden(picture, blocks);
    const across = Math.ceil(picture.width / size);
    for (let y = 0; y < picture.height; y++)
      for (let x = 0; x < picture.width; x++) {
        const block = Math.floor(y / size) * across + Math.floor(x / size);
        if (blocks.includes(block))
          expect(pixel(after, x, y)).toBe(
            pixel(after, (block % across) * size, Math.floor(block / across) * size),
          );
        else if (pixel(after, x, y) !== pixel(picture, x, y)) throw new Error(`changed at ${x}, ${y}`);
      }
  });

  it("cannot be undone from the result: a block keeps its mean and nothing else", () => {
    const picture = noise(400, 300, 7);
    const turned = { ...picture, data: new Uint8ClampedArray(picture.data) };
    // The same pixels in another order, inside the first block.
    const size = blockSize(picture);
    const [one, other] = [picture.data.slice(0, 4), picture.data.slice((size - 1) * 4, size * 4)];
    turned.data.set(other, 0);
    turned.data.set(one, (size - 1) * 4);
    expect(turned.data).not.toEqual(picture.data);
    expect(hidden(turned, [0]).data).toEqual(hidden(picture, [0]).data);
  });

  it("covers the whole way between two points of a fast finger, and never leaves the picture", () => {
    const inside = fc.record({
      x: fc.integer({ min: -50, max: 450 }),
      y: fc.integer({ min: -50, max: 350 }),
    });
    fc.assert(
      fc.property(inside, inside, (from, to) => {
        const picture = { width: 400, height: 300 };
        const size = blockSize(picture);
        const across = Math.ceil(400 / size);
        const count = across * Math.ceil(300 / size);
        const blocks = new Set(blocksAlong(picture, from, to));
        for (const block of blocks) expect(block >= 0 && block < count).toBe(true);
        for (let step = 0; step <= 100; step++) {
          const x = from.x + ((to.x - from.x) * step) / 100;
          const y = from.y + ((to.y - from.y) * step) / 100;
          if (x < 0 || y < 0 || x >= 400 || y >= 300) continue;
          expect(blocks.has(Math.floor(y / size) * across + Math.floor(x / size))).toBe(true);
        }
      }),
    );
  });

  it("takes blocks so large that forty cross the longer side", () => {
    expect(blockSize({ width: 1600, height: 1200 })).toBe(40);
    expect(blockSize({ width: 100, height: 90 })).toBe(8);
  });
});

describe("cutting away edges", () => {
  it("never lets facing sides meet", () => {
    const side = fc.constantFrom("left" as const, "top" as const, "right" as const, "bottom" as const);
    const part = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(side, part), { maxLength: 12 }), (moves) => {
        const crop = moves.reduce((so, [which, to]) => cut(so, which, to), WHOLE);
        const frame = frameOf({ width: 1000, height: 800 }, crop);
        expect(frame.width).toBeGreaterThanOrEqual(99);
        expect(frame.height).toBeGreaterThanOrEqual(79);
        expect(frame.left + frame.width).toBeLessThanOrEqual(1000);
        expect(frame.top + frame.height).toBeLessThanOrEqual(800);
      }),
    );
  });

  it("leaves the whole where nothing is cut", () => {
    expect(frameOf({ width: 31, height: 17 }, WHOLE)).toEqual({ left: 0, top: 0, width: 31, height: 17 });
  });
});

/**
 * Hiding parts of a picture, and cutting away its edges. Pure. What is hidden is gone: each block becomes one colour,
 * the mean of what was there, and blocks are so large that nobody reads a plate or knows a face in them.
 */

export interface Pixels {
  width: number;
  height: number;
  /** RGBA. */
  data: Uint8ClampedArray;
}

/** Parts of the whole that are cut away at each side, 0–1. */
export interface Crop {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Point {
  x: number;
  y: number;
}

export const WHOLE: Crop = { left: 0, top: 0, right: 0, bottom: 0 };
/** Of the longer side: about as wide as half a face across the room. */
const BLOCKS_ACROSS = 40;
const BLOCK_PX_MIN = 8;
const BRUSH_BLOCKS = 2;
/** So much of a side always stays. */
const KEPT_MIN = 0.1;
const CHANNELS = 4;

export const blockSize = ({ width, height }: Pick<Pixels, "width" | "height">) =>
  Math.max(BLOCK_PX_MIN, Math.ceil(Math.max(width, height) / BLOCKS_ACROSS));

const columns = (picture: Pick<Pixels, "width" | "height">) => Math.ceil(picture.width / blockSize(picture));

/** The blocks that a brush covers on its way, in pixels of the picture. */
export function blocksAlong(picture: Pick<Pixels, "width" | "height">, from: Point, to: Point): number[] {
  const size = blockSize(picture);
  const across = columns(picture);
  const down = Math.ceil(picture.height / size);
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / size));
  const found = new Set<number>();
  for (let step = 0; step <= steps; step++) {
    const column = Math.floor((from.x + ((to.x - from.x) * step) / steps) / size);
    const row = Math.floor((from.y + ((to.y - from.y) * step) / steps) / size);
    for (let y = Math.max(0, row - BRUSH_BLOCKS + 1); y < Math.min(down, row + BRUSH_BLOCKS); y++)
      for (let x = Math.max(0, column - BRUSH_BLOCKS + 1); x < Math.min(across, column + BRUSH_BLOCKS); x++)
        found.add(y * across + x);
  }
  return [...found];
}

export interface Block extends Crop {
  /** Red, green and blue. */
  mean: readonly [number, number, number];
}

/** Where a block lies, in pixels, and the one colour that is left of it. */
export function blockOf(picture: Pixels, block: number): Block {
  const size = blockSize(picture);
  const across = columns(picture);
  const left = (block % across) * size;
  const top = Math.floor(block / across) * size;
  const right = Math.min(picture.width, left + size);
  const bottom = Math.min(picture.height, top + size);
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (
      let at = (y * picture.width + left) * CHANNELS;
      at < (y * picture.width + right) * CHANNELS;
      at += CHANNELS
    ) {
      red += picture.data[at] ?? 0;
      green += picture.data[at + 1] ?? 0;
      blue += picture.data[at + 2] ?? 0;
    }
  const count = Math.max(1, (right - left) * (bottom - top));
  const mean = [Math.round(red / count), Math.round(green / count), Math.round(blue / count)] as const;
  return { left, top, right, bottom, mean };
}

/** The picture with these blocks made one colour each; the given one stays as it is. */
export function hidden(picture: Pixels, blocks: Iterable<number>): Pixels {
  const data = new Uint8ClampedArray(picture.data);
  for (const block of blocks) {
    const { left, top, right, bottom, mean } = blockOf(picture, block);
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) data.set(mean, (y * picture.width + x) * CHANNELS);
  }
  return { width: picture.width, height: picture.height, data };
}

/** With one side moved: two sides that face each other never meet. */
export function cut(crop: Crop, side: keyof Crop, part: number): Crop {
  const facing = { left: crop.right, right: crop.left, top: crop.bottom, bottom: crop.top }[side];
  return { ...crop, [side]: Math.min(Math.max(0, part), 1 - KEPT_MIN - facing) };
}

/** What is left of it, in whole pixels. */
export function frameOf({ width, height }: Pick<Pixels, "width" | "height">, crop: Crop) {
  const left = Math.round(width * crop.left);
  const top = Math.round(height * crop.top);
  return {
    left,
    top,
    width: Math.max(1, Math.round(width * (1 - crop.right)) - left),
    height: Math.max(1, Math.round(height * (1 - crop.bottom)) - top),
  };
}

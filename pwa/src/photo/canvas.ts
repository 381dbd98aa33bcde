/** Between kept bytes and pixels. */
import type { Crop, Pixels } from "./edit";
import { blockOf, frameOf } from "./edit";
import { encoded, MIME, Unusable } from "./prepare";

/** Raises Unusable. */
export async function pixelsOf(bytes: ArrayBuffer): Promise<Pixels> {
  const image = await createImageBitmap(new Blob([bytes], { type: MIME })).catch(() => {
    throw new Unusable("unreadable");
  });
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Unusable("too-large");
  pen.drawImage(image, 0, 0);
  image.close();
  const { width, height, data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  canvas.width = 0;
  return { width, height, data };
}

export function draw(canvas: HTMLCanvasElement, { width, height, data }: Pixels): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
}

/** Only these blocks, on a canvas that shows the picture: a finger must not wait for millions of pixels. */
export function dab(canvas: HTMLCanvasElement, picture: Pixels, blocks: Iterable<number>): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  for (const block of blocks) {
    const { left, top, right, bottom, mean } = blockOf(picture, block);
    pen.fillStyle = `rgb(${mean.join(" ")})`;
    pen.fillRect(left, top, right - left, bottom - top);
  }
}

/** What is left of a picture, as bytes to keep. Raises Unusable. */
export async function cropped(picture: Pixels, crop: Crop): Promise<ArrayBuffer> {
  const frame = frameOf(picture, crop);
  const canvas = document.createElement("canvas");
  canvas.width = frame.width;
  canvas.height = frame.height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Unusable("too-large");
  const all = new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  pen.putImageData(all, -frame.left, -frame.top, frame.left, frame.top, frame.width, frame.height);
  return encoded(canvas);
}

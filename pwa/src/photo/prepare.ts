/** A picture as it is kept: drawn anew, upright and small, so that nothing but its pixels comes along. */
import { bare } from "./jpeg";

export type Trouble = "too-large" | "unreadable" | "not-image" | "full";

export class Unusable extends Error {
  override name = "Unusable";

  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

const SIDE_MAX = 1_600;
/** A phone with little memory draws two million points without dying of it. */
const PIXELS_MAX = 2_000_000;
const QUALITY = 0.82;
const SOURCE_BYTES_MAX = 60 * 1024 * 1024;
const SOURCE_PIXELS_MAX = 110_000_000;
export const MIME = "image/jpeg";

/** The size to draw it in: never larger than it is. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height), Math.sqrt(PIXELS_MAX / (width * height)));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Raises Unusable. */
export async function prepared(file: Blob): Promise<ArrayBuffer> {
  if (file.type !== "" && !file.type.startsWith("image/")) throw new Unusable("not-image");
  if (file.size > SOURCE_BYTES_MAX) throw new Unusable("too-large");
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    // Browsers turn an image upright by its EXIF when it is drawn from an element.
    await image.decode().catch(() => {
      throw new Unusable("unreadable");
    });
    return await encoded(drawn(image));
  } finally {
    URL.revokeObjectURL(url);
  }
}

function drawn(image: HTMLImageElement): HTMLCanvasElement {
  const { naturalWidth, naturalHeight } = image;
  if (naturalWidth === 0 || naturalHeight === 0) throw new Unusable("unreadable");
  if (naturalWidth * naturalHeight > SOURCE_PIXELS_MAX) throw new Unusable("too-large");
  const { width, height } = fitted(naturalWidth, naturalHeight);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Unusable("too-large");
  // What is see-through in a PNG would come out black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** The canvas as bytes to keep; it is empty afterwards. Raises Unusable. */
export async function encoded(canvas: HTMLCanvasElement): Promise<ArrayBuffer> {
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, MIME, QUALITY));
  // Safari holds on to a canvas's memory until it is made small.
  canvas.width = 0;
  if (made === null || made.type !== MIME) throw new Unusable("unreadable");
  return bare(await made.arrayBuffer());
}

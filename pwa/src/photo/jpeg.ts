/** A JPEG without what tells of its making: position, device, times, thumbnail. Pure. */

const SOI = 0xd8;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

export class NotJpeg extends Error {
  override name = "NotJpeg";
}

/** JFIF's and Adobe's own say how the colours are meant; every other application's segment is left out. */
const isTold = (marker: number) =>
  marker === COMMENT || (marker > APP0 && marker <= APP15 && marker !== APP14);

/** Raises NotJpeg. */
export function bare(jpeg: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(jpeg);
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw new NotJpeg();
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  for (;;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) throw new NotJpeg();
    if (marker === SOS) break;
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    if (end <= at + 3 || end > bytes.byteLength) throw new NotJpeg();
    if (!isTold(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  const made = new Uint8Array(kept.reduce((sum, part) => sum + part.byteLength, 0));
  let to = 0;
  for (const part of kept) {
    made.set(part, to);
    to += part.byteLength;
  }
  return made.buffer;
}

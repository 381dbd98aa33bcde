/**
 * A package as a sequence of QR codes and back. Each code says which package it is of, its place and a checksum, so
 * that they may be read in any order, some many times. Base45 (RFC 9285) fits QR's alphanumeric mode, and every
 * reader gives that back as it was; bytes they do not.
 */

export const MARK = "LK1:";
/** What fits a version 15 code with correction level M: 340 px wide at four to the module, read at arm's length. */
export const CODE_VERSION = 15;
export const DATA_BYTES = 380;
/** A minute's showing; beyond that a file is the better way. */
export const FRAMES_MAX = 300;
const ID_BYTES = 8;
const HEAD_BYTES = ID_BYTES + 4;
const CHECK_BYTES = 4;
/** Packages that are being read at once: a passer-by's codes must not throw away what was read. */
const PACKAGES_MAX = 4;

/** The beginning of the SHA-256: names a package, and proves it whole in the end. */
export async function idOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, ID_BYTES);
}

/** Raises RangeError beyond FRAMES_MAX. */
export async function toFrames(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const total = Math.max(1, Math.ceil(bytes.length / DATA_BYTES));
  if (total > FRAMES_MAX) throw new RangeError("too much for codes");
  const id = await idOf(bytes);
  return Array.from({ length: total }, (_, index) => {
    const data = bytes.subarray(index * DATA_BYTES, (index + 1) * DATA_BYTES);
    const frame = new Uint8Array(HEAD_BYTES + data.length + CHECK_BYTES);
    const view = new DataView(frame.buffer);
    frame.set(id);
    view.setUint16(ID_BYTES, index);
    view.setUint16(ID_BYTES + 2, total);
    frame.set(data, HEAD_BYTES);
    view.setUint32(frame.length - CHECK_BYTES, crc32(frame.subarray(0, -CHECK_BYTES)));
    return MARK + toBase45(frame);
  });
}

export interface Frame {
  id: string;
  index: number;
  total: number;
  data: Uint8Array;
}

/** Null for any other QR code in the world, and for one that was read wrongly. */
export function readFrame(text: string): Frame | null {
  const frame = text.startsWith(MARK) ? fromBase45(text.slice(MARK.length)) : null;
  if (frame === null || frame.length < HEAD_BYTES + CHECK_BYTES) return null;
  const view = new DataView(frame.buffer);
  const index = view.getUint16(ID_BYTES);
  const total = view.getUint16(ID_BYTES + 2);
  const isWhole = crc32(frame.subarray(0, -CHECK_BYTES)) === view.getUint32(frame.length - CHECK_BYTES);
  if (!isWhole || total > FRAMES_MAX || index >= total) return null;
  return { id: hex(frame.subarray(0, ID_BYTES)), index, total, data: frame.slice(HEAD_BYTES, -CHECK_BYTES) };
}

export interface Progress {
  id: string;
  got: number;
  total: number;
  /** All of it, as soon as nothing is missing; null until then, or where it does not come out as named. */
  bytes: Uint8Array<ArrayBuffer> | null;
}

/** Gathers codes as they come. */
export class Gathering {
  private readonly packages = new Map<string, Map<number, Frame>>();

  /** Null for what is no code of ours. */
  async take(text: string): Promise<Progress | null> {
    const frame = readFrame(text);
    if (frame === null) return null;
    const held = this.packages.get(frame.id) ?? new Map<number, Frame>();
    this.packages.delete(frame.id);
    this.packages.set(frame.id, held.set(frame.index, frame));
    for (const oldest of [...this.packages.keys()].slice(0, -PACKAGES_MAX)) this.packages.delete(oldest);
    const { id, total } = frame;
    if (held.size < total) return { id, got: held.size, total, bytes: null };
    const bytes = joined([...held.values()]);
    if (hex(await idOf(bytes)) === id) return { id, got: total, total, bytes };
    // Some code lied about its place: begin again.
    this.packages.delete(id);
    return { id, got: 0, total, bytes: null };
  }
}

function joined(frames: Frame[]): Uint8Array<ArrayBuffer> {
  frames.sort((a, b) => a.index - b.index);
  const bytes = new Uint8Array(frames.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of frames) {
    bytes.set(data, at);
    at += data.length;
  }
  return bytes;
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export function toBase45(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    let value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    for (let n = isPair ? 3 : 2; n > 0; n--) {
      text += ALPHABET.charAt(value % 45);
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** Null for a text that is none. */
export function fromBase45(text: string): Uint8Array | null {
  const rest = text.length % 3;
  if (rest === 1) return null;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (rest === 2 ? 1 : 0));
  for (let at = 0, to = 0; at < text.length; at += 3, to += 2) {
    const digits = Array.from(text.slice(at, at + 3), (char) => ALPHABET.indexOf(char));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const isPair = digits.length === 3;
    if (digits.includes(-1) || value > (isPair ? 0xffff : 0xff)) return null;
    if (isPair) bytes[to] = value >> 8;
    bytes[isPair ? to + 1 : to] = value & 0xff;
  }
  return bytes;
}

/** CRC-32 as of ISO 3309, bit by bit: a frame is short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

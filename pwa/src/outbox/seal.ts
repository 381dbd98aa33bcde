/** Makes an op's body: built once, turned into a string once, hashed over exactly its UTF-8 bytes (I3). */
import { clockStatement, mono_ms, page, wallClock } from "../store/clock";
import type { SealedOp } from "../store/rows";
import type { OpData, OpType, Position } from "../store/types";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export interface Unsealed<T extends OpType> {
  id: string;
  type: T;
  author: string;
  shift: string | null;
  position: Position | null;
  data: OpData[T];
  at: At;
}

export interface At {
  wall: string;
  mono: number;
  page: string;
  clock: { offset_ms: number; rtt_ms: number; age_ms: number } | null;
}

/** The moment of the act: taken before any waiting. */
export const now = (): At => ({ wall: wallClock(), mono: mono_ms(), page, clock: clockStatement() });

export async function seal<T extends OpType>(op: Unsealed<T>): Promise<SealedOp> {
  const { at, position, data } = op;
  const body = JSON.stringify({ salt: salt(), at, position, data: wellFormed(data) });
  const hash = await hashOf(body);
  return { id: op.id, type: op.type, v: 1, author: op.author, shift: op.shift, hash, body };
}

export async function hashOf(body: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(body));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `sha256:${hex}`;
}

function salt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Half of an emoji, cut by a keyboard, has no UTF-8 form: it would hash differently on the way. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return decoder.decode(encoder.encode(value));
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]));
}

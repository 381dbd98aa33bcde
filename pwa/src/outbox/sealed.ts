/**
 * Encrypts a copy to the organisation's public key: JWE (RFC 7516), `ECDH-ES` with `A256GCM`, gzipped inside. Loaded
 * only when a copy is made. No key of this phone is stored: each copy has its own, made and forgotten here.
 */
import { base64url, CompactEncrypt, importJWK } from "jose";
import { gzip } from "../api/gzip";
import { attempt, number, object, text } from "../parse";
import type { CopyKey } from "../store/meta";

const encoder = new TextEncoder();
const ALG = "ECDH-ES";

/** Raises where the browser has no cryptography, or refuses it. */
export async function sealCopy(plain: string, ops: number, { kid, x, y }: CopyKey): Promise<string> {
  const key = await importJWK({ kty: "EC", crv: "P-256", x, y }, ALG);
  const packed = await gzip(plain);
  const content = packed === null ? {} : { cty: "application/gzip" };
  return new CompactEncrypt(packed === null ? encoder.encode(plain) : new Uint8Array(packed))
    .setProtectedHeader({ alg: ALG, enc: "A256GCM", kid, ops, ...content })
    .encrypt(key);
}

const header = object({ alg: text, enc: text, kid: text, ops: number });
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The same in bytes, a quarter shorter: header's length, header, IV, ciphertext, tag. */
export function toBytes(jwe: string): Uint8Array<ArrayBuffer> {
  const [head = "", , ...rest] = jwe.split(".");
  const parts = [head, ...rest].map((part) => base64url.decode(part));
  const length = parts[0]?.length ?? 0;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 2));
  new DataView(bytes.buffer).setUint16(0, length);
  let at = 2;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Null for bytes that cannot be such a copy. Whether it is a true one, only the server can tell. */
export function fromBytes(bytes: Uint8Array<ArrayBuffer>): { jwe: string; ops: number } | null {
  if (bytes.length < 2) return null;
  const body = 2 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(0);
  const cipher = body + IV_BYTES;
  if (cipher + TAG_BYTES > bytes.length) return null;
  const head = bytes.slice(2, body);
  const read = attempt(header, json(new TextDecoder().decode(head)));
  if (read === null || read.alg !== ALG || !Number.isInteger(read.ops) || read.ops < 1) return null;
  const parts = [bytes.slice(body, cipher), bytes.slice(cipher, -TAG_BYTES), bytes.slice(-TAG_BYTES)];
  const jwe = [base64url.encode(head), "", ...parts.map((part) => base64url.encode(part))].join(".");
  return { jwe, ops: read.ops };
}

function json(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

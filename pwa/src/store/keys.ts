/**
 * The cryptography of the lock: AES-256-GCM by the data key, and JWE (`ECDH-ES`, `A256GCM`) to a public key for what is
 * written without it. Fetched only on a phone with a lock.
 */
import { base64url, type CompactDecryptResult, CompactEncrypt, compactDecrypt, importJWK } from "jose";
import { attempt, object, text } from "../parse";
import type { LockRow } from "./lock-row";
import type { Keys, SealedBytes } from "./vault";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const IV_BYTES = 12;
const KEY_BYTES = 32;
const ALG = "ECDH-ES";
const AES = { name: "AES-GCM", length: 256 } as const;
/** What was written while locked can be shown until the page goes; more than this is read after unlocking. */
const SHOWN_MAX = 2_000;

type Bytes = Uint8Array<ArrayBuffer>;
export const random = (size: number): Bytes => crypto.getRandomValues(new Uint8Array(size));
export const newDataKey = (): Bytes => random(KEY_BYTES);
export const toText = (bytes: Uint8Array): string => base64url.encode(bytes);
export const toBytes = (coded: string): Bytes => new Uint8Array(base64url.decode(coded));

async function encrypt(key: CryptoKey, plain: BufferSource, of: string): Promise<Bytes> {
  const iv = random(IV_BYTES);
  const with_ = { name: AES.name, iv, additionalData: encoder.encode(of) };
  const cipher = new Uint8Array(await crypto.subtle.encrypt(with_, key, plain));
  const both = new Uint8Array(IV_BYTES + cipher.length);
  both.set(iv);
  both.set(cipher, IV_BYTES);
  return both;
}

/** Null for another key, another row, or altered bytes: the cipher does not tell which. */
async function decrypt(key: CryptoKey, both: Bytes, of: string): Promise<ArrayBuffer | null> {
  const iv = both.slice(0, IV_BYTES);
  const with_ = { name: AES.name, iv, additionalData: encoder.encode(of) };
  try {
    return await crypto.subtle.decrypt(with_, key, both.slice(IV_BYTES));
  } catch {
    return null;
  }
}

const aesKey = (raw: BufferSource) => crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);

/** The data key by another key's bits. */
export async function wrap(raw: Bytes, bits: BufferSource, of: string): Promise<string> {
  return toText(await encrypt(await aesKey(bits), raw, of));
}

export async function unwrap(wrapped: string, bits: BufferSource, of: string): Promise<Bytes | null> {
  const raw = await decrypt(await aesKey(bits), toBytes(wrapped), of);
  return raw === null || raw.byteLength !== KEY_BYTES ? null : new Uint8Array(raw);
}

/** 256 bits of a PIN, made slow. */
export async function stretched(pin: string, salt: Bytes, rounds: number): Promise<ArrayBuffer> {
  const typed = await crypto.subtle.importKey("raw", encoder.encode(pin), "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    typed,
    KEY_BYTES * 8,
  );
}

type Point = { x: string; y: string };
const publicKey = ({ x, y }: Point) => importJWK({ kty: "EC", crv: "P-256", x, y }, ALG);
type Imported = Awaited<ReturnType<typeof publicKey>>;

const sealTo = (key: Imported, header: Record<string, string>, plain: string): Promise<string> =>
  new CompactEncrypt(encoder.encode(plain))
    .setProtectedHeader({ alg: ALG, enc: "A256GCM", ...header })
    .encrypt(key);

/** A JWE that only the server opens. */
export async function sealToOrg(org: LockRow["org"], plain: string): Promise<string> {
  return sealTo(await publicKey(org), { kid: org.kid }, plain);
}

const pair = object({ x: text, y: text, d: text });

/** This phone's own pair; the private half sealed by the data key. */
export async function newPair(raw: Bytes): Promise<Pick<LockRow, "pub" | "priv">> {
  const usages: KeyUsage[] = ["deriveBits"];
  const made = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, usages);
  const { x, y, d } = pair(await crypto.subtle.exportKey("jwk", made.privateKey));
  const sealed = await encrypt(await aesKey(raw), encoder.encode(JSON.stringify({ x, y, d })), "priv");
  return { pub: { x, y }, priv: toText(sealed) };
}

/** What can be done without the PIN: seal, and read again what this page has sealed. */
export async function shutKeys(lock: LockRow): Promise<Keys> {
  const [own, org] = await Promise.all([publicKey(lock.pub), publicKey(lock.org)]);
  const shown = new Map<string, string>();
  return {
    async seal(plain, of) {
      const sealed = `lk2.${await sealTo(own, { of }, plain)}`;
      if (shown.size >= SHOWN_MAX) shown.clear();
      shown.set(sealed, plain);
      return sealed;
    },
    open: async (sealed) => shown.get(sealed) ?? null,
    sealBytes: async () => null,
    openBytes: async () => null,
    escrow: (plain) => sealTo(org, { kid: lock.org.kid }, plain),
  };
}

/** Null where this is not the data key of this lock. */
export async function openKeys(lock: LockRow, raw: Bytes): Promise<Keys | null> {
  const data = await aesKey(raw);
  const told = await decrypt(data, toBytes(lock.priv), "priv");
  const read = told && attempt(pair, parsed(decoder.decode(told)));
  if (!read) return null;
  const own = await importJWK({ kty: "EC", crv: "P-256", ...read }, ALG);
  const org = await publicKey(lock.org);
  return {
    seal: async (plain, of) => `lk1.${toText(await encrypt(data, encoder.encode(plain), of))}`,
    open: (sealed, of) => (sealed.startsWith("lk1.") ? opened(data, sealed, of) : openedOwn(own, sealed, of)),
    sealBytes: async (bytes, of): Promise<SealedBytes> => ({
      sealed: (await encrypt(data, bytes, of)).buffer,
    }),
    openBytes: ({ sealed }, of) => decrypt(data, new Uint8Array(sealed), of),
    escrow: (plain) => sealTo(org, { kid: lock.org.kid }, plain),
  };
}

async function opened(data: CryptoKey, sealed: string, of: string): Promise<string | null> {
  const bytes = decoded(sealed.slice(4));
  const plain = bytes && (await decrypt(data, bytes, of));
  return plain ? decoder.decode(plain) : null;
}

async function openedOwn(own: Imported, sealed: string, of: string): Promise<string | null> {
  try {
    const { plaintext, protectedHeader }: CompactDecryptResult = await compactDecrypt(sealed.slice(4), own);
    return protectedHeader.of === of ? decoder.decode(plaintext) : null;
  } catch {
    return null;
  }
}

function decoded(coded: string): Bytes | null {
  try {
    return toBytes(coded);
  } catch {
    return null;
  }
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

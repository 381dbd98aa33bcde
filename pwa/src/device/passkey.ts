/**
 * A passkey as the key to this phone's lock: the authenticator's PRF gives the same 32 bytes each time, and only after
 * the phone has seen its owner. Nothing is signed in by it, and no server hears of it.
 */

const SALT_BYTES = 32;
const ALGORITHMS = [-7, -257];
const ASK_MS = 60_000;

const encoded = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const decoded = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));

/** Whether this browser speaks of an authenticator of its own. Whether that has a PRF, only trying tells. */
export async function offersPasskey(): Promise<boolean> {
  if (!("PublicKeyCredential" in globalThis)) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

export interface MadePasskey {
  id: string;
  salt: string;
  bits: ArrayBuffer;
}

/** Null where the person said no, or the authenticator has no PRF. */
export async function makePasskey(name: string): Promise<MadePasskey | null> {
  const salt = random(SALT_BYTES);
  const made = await navigator.credentials
    .create({
      publicKey: {
        challenge: random(SALT_BYTES),
        rp: { name: "Lykta" },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
        timeout: ASK_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    .catch(() => null);
  if (!isPublicKey(made) || made.getClientExtensionResults().prf?.enabled !== true) return null;
  const id = encoded(new Uint8Array(made.rawId));
  const bits = bitsOf(made) ?? (await prfBits(id, encoded(salt)));
  return bits === null ? null : { id, salt: encoded(salt), bits };
}

/** Null where the person said no, or the passkey is gone. */
export async function prfBits(id: string, salt: string): Promise<ArrayBuffer | null> {
  const asked = await navigator.credentials
    .get({
      publicKey: {
        challenge: random(SALT_BYTES),
        allowCredentials: [{ type: "public-key", id: decoded(id) }],
        userVerification: "required",
        timeout: ASK_MS,
        extensions: { prf: { eval: { first: decoded(salt) } } },
      },
    })
    .catch(() => null);
  return isPublicKey(asked) ? bitsOf(asked) : null;
}

const isPublicKey = (found: Credential | null): found is PublicKeyCredential =>
  found !== null && "getClientExtensionResults" in found;

function bitsOf(found: PublicKeyCredential): ArrayBuffer | null {
  const first = found.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return first instanceof ArrayBuffer
    ? first
    : new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength).slice().buffer;
}

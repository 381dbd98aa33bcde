/** For tests of the lock: an organisation with a key pair, a phone with a lock, and everything that lies raw in it. */
import { compactDecrypt, exportJWK, generateKeyPair } from "jose";
import { withBlobs, withCache, withCore } from "../store/db";
import { writeMeta } from "../store/meta";
import { loadLock, unlockForGood } from "../store/vault";
import { loadDrafts } from "./drafts";
import { freshPhone, restart } from "./testing";

export const PIN = "274913";

export interface Organisation {
  open(jwe: string): Promise<string>;
}

/** A phone that has heard of the organisation's key, and has no lock. */
export async function phoneOfOrganisation(): Promise<Organisation> {
  unlockForGood();
  await freshPhone();
  const { publicKey, privateKey } = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  const { x = "", y = "" } = await exportJWK(publicKey);
  await writeMeta("copy_key", { kid: "k1", x, y, device: "d1", proof: "p1" });
  return {
    open: async (jwe) => new TextDecoder().decode((await compactDecrypt(jwe, privateKey)).plaintext),
  };
}

/** Nothing stays but what lies in the databases and beside them. */
export async function coldStart(): Promise<void> {
  unlockForGood();
  await loadLock();
  await restart();
  await loadDrafts();
}

/** Every value of every store, and localStorage, as text; bytes as the letters that they would be. */
export async function everythingRaw(): Promise<string> {
  const values: unknown[] = [];
  await withCore(async (db) => {
    for (const name of db.objectStoreNames) values.push(...(await db.getAll(name)));
  });
  await withCache(async (db) => {
    for (const name of db.objectStoreNames) values.push(...(await db.getAll(name)));
  });
  await withBlobs(async (db) => {
    for (const name of db.objectStoreNames) values.push(...(await db.getAll(name)));
  });
  for (let n = 0; n < localStorage.length; n++) values.push(localStorage.getItem(localStorage.key(n) ?? ""));
  return JSON.stringify(values, (_, value: unknown) =>
    value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : value,
  );
}

/** Small facts about this phone, one row each in `lykta-core/meta`. */
import { attempt, flag, maybe, number, object, oneOf, or, type Parser, text } from "../parse";
import { withCore } from "./db";
import { lockRow, triesRow } from "./lock-row";

export interface InstallMeta {
  /** UUIDv4 of this browser profile's database; a new one after a fork. */
  id: string;
  next_seq: number;
}

export interface HeadMeta {
  epoch: string | null;
  seen: { seq: number; chain: string } | null;
  durable_seq: number | null;
  /** The server's clock when it last answered. */
  server_time: string | null;
}

export interface ClockMeta {
  offset_ms: number;
  rtt_ms: number;
  wall_ms: number;
  mono_ms: number;
  page: string;
}

export const install: Parser<InstallMeta> = object({ id: text, next_seq: number });

export const head: Parser<HeadMeta> = object({
  epoch: maybe(text),
  seen: maybe(object({ seq: number, chain: text })),
  durable_seq: maybe(number),
  server_time: maybe(text),
});

export const clock: Parser<ClockMeta> = object({
  offset_ms: number,
  rtt_ms: number,
  wall_ms: number,
  mono_ms: number,
  page: text,
});

/** The last time that the server was asked about everything on this phone. */
export const checked = object({
  at: text,
  epoch: maybe(text),
  held: number,
  missing: number,
  photos: or(number, 0),
  photosMissing: or(number, 0),
});
export type CheckedMeta = ReturnType<typeof checked>;

/** When this phone was emptied; `done` once what was pulled has gone too. */
export const wiped = object({ at: text, done: flag });

export const user = object({ id: text, username: or(text, ""), name: or(text, ""), role: or(text, "host") });

export const settingsRow = object({
  language: or(oneOf("sv", "en"), "sv"),
  theme: or(oneOf("system", "dark", "light", "red"), "dark"),
  ownNumber: or(text, ""),
  sound: or(flag, false),
});

/** What saved copies are encrypted to, and what proves to the server that this phone made them. */
export const copyKey = object({
  kid: text,
  x: text,
  y: text,
  device: or(maybe(text), null),
  proof: or(maybe(text), null),
});
export type CopyKey = ReturnType<typeof copyKey>;

/** Who switched notices on in this browser: kept, so that a subscription that was lost is made again for them alone. */
export const notices = object({ person: text });

const rows = {
  install,
  head,
  clock,
  checked,
  copy_key: copyKey,
  me: user,
  settings: settingsRow,
  notices,
  lock: lockRow,
  lock_tries: triesRow,
  wiped,
  last_id: text,
  organisation: text,
  cache_owner: text,
  /** The install that took another's place on purpose (after a fork): it is new, and nothing was lost. */
  minted: text,
};
type Rows = typeof rows;
export type MetaKey = keyof Rows;
export type MetaValue<K extends MetaKey> = ReturnType<Rows[K]>;

/** Null where the row is absent or cannot be read. */
export async function readMeta<K extends MetaKey>(key: K): Promise<MetaValue<K> | null> {
  const stored = await withCore((db) => db.get("meta", key));
  return attempt(rows[key] as Parser<MetaValue<K>>, stored);
}

export async function writeMeta<K extends MetaKey>(key: K, value: MetaValue<K> | null): Promise<void> {
  await withCore((db) =>
    value === null ? db.delete("meta", key) : db.put("meta", value, key).then(() => {}),
  );
}

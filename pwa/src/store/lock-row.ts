/** The lock as it is stored: the data key three times over, each time wrapped by another. No PIN, no open key. */
import { maybe, number, object, oneOf, or, text } from "../parse";

export const lockRow = object({
  v: number,
  /** `off`: it is being taken away, and what is sealed is opened row by row. */
  phase: oneOf("on", "off"),
  /** Locked after so long without a touch; 0: only by hand and at a start. */
  minutes: or(number, 15),
  /** The data key by the PIN: PBKDF2 with SHA-256. */
  pin: object({ salt: text, rounds: number, wrapped: text }),
  /** The same by a passkey's PRF, where one was added. */
  passkey: or(maybe(object({ id: text, salt: text, wrapped: text })), null),
  /** The same for the organisation: a JWE that only the server opens, for somebody who has forgotten the PIN. */
  recovery: text,
  /** What ops are sealed to besides, so that they leave the phone while it is locked. */
  org: object({ kid: text, x: text, y: text }),
  /** This phone's own pair: with the public half it writes while locked, and reads after unlocking. */
  pub: object({ x: text, y: text }),
  /** The private half, sealed by the data key. */
  priv: text,
});
export type LockRow = ReturnType<typeof lockRow>;

/** Wrong PINs since the last right one, kept across restarts. */
export const triesRow = object({ failed: number, at_ms: number });
export type Tries = ReturnType<typeof triesRow>;

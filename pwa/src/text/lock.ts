/** Words of the lock, in a chunk that a start without one does not load. */
import { part } from "./engine";
import { en } from "./lock.en";
import { sv } from "./lock.sv";

export const tk = part(sv, () => en);

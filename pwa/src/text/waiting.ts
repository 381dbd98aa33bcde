/** Words of what waits in quarantine, in chunks that a start does not wait for. */
import { part } from "./engine";
import { en } from "./waiting.en";
import { sv } from "./waiting.sv";

export const ty = part(sv, () => en);

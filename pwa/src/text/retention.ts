/** Words of retention, in chunks that a start does not wait for. */
import { part } from "./engine";
import { en } from "./retention.en";
import { sv } from "./retention.sv";

export const tz = part(sv, () => en);

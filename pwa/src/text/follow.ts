/** Words of what comes of reports, in chunks that a start does not wait for. */
import { part } from "./engine";
import { en } from "./follow.en";
import { sv } from "./follow.sv";

export const tw = part(sv, () => en);

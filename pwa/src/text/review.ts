/** The desk's own words, in the desk's own chunk. */
import { part } from "./engine";
import { en } from "./review.en";
import { sv } from "./review.sv";

export const tr = part(sv, () => en);

/** The map's own words, in the map's own chunk. */
import { part } from "./engine";
import { en } from "./map.en";
import { sv } from "./map.sv";

export const tm = part(sv, () => en);

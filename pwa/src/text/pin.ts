/** Words of a point that a host sets on the map. */
import { part } from "./engine";
import { en } from "./pin.en";
import { sv } from "./pin.sv";

export const tp = part(sv, () => en);

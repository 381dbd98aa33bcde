/** Words of places and areas at the desk, in their own chunk. */

import { part } from "./engine";
import { en } from "./places.en";
import { sv } from "./places.sv";

export const tq = part(sv, () => en);

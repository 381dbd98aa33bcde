/** Words of a shift that was sent back, in the chunk that shows it. */

import { part } from "./engine";
import { en } from "./returned.en";
import { sv } from "./returned.sv";

export const tb = part(sv, () => en);

/** Words of the speaking card, the question after a tap, and the hand-over, in their own chunk. */

import { part } from "./engine";
import { en } from "./help.en";
import { sv } from "./help.sv";

export const th = part(sv, () => en);

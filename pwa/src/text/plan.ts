/** Words of planning, in their own chunk. */

import { part } from "./engine";
import { en } from "./plan.en";
import { sv } from "./plan.sv";

export const tp = part(sv, () => en);

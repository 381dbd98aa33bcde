/** Words of administration, in their own chunk. */

import { en } from "./admin.en";
import { sv } from "./admin.sv";
import { part } from "./engine";

export const ta = part(sv, () => en);

/** Words of the screen that says how somebody is told, in their own chunk. */

import { part } from "./engine";
import { en } from "./notify.en";
import { sv } from "./notify.sv";

export const tn = part(sv, () => en);

/** Words of the alarm ladder at the desk, in their own chunk. */

import { part } from "./engine";
import { en } from "./ladder.en";
import { sv } from "./ladder.sv";

export const tx = part(sv, () => en);

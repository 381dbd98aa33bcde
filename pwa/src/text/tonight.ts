/** Words of what the start view tells of the evening, in the chunk that shows it. */

import { part } from "./engine";
import { en } from "./tonight.en";
import { sv } from "./tonight.sv";

export const tn = part(sv, () => en);

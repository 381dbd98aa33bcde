/** Words of the screens beside the way in and the forms, in their own chunk. */

import { en } from "./aside.en";
import { sv } from "./aside.sv";
import { part } from "./engine";

export const ta = part(sv, () => en);

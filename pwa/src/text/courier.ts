/** Words of the screens that pass records from phone to phone, in their own chunk. */

import { en } from "./courier.en";
import { sv } from "./courier.sv";
import { part } from "./engine";

export const tc = part(sv, () => en);

/** Words of the categories at the desk, in their own chunk. */

import { en } from "./category.en";
import { sv } from "./category.sv";
import { part } from "./engine";

export const tk = part(sv, () => en);

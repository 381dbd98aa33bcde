/** Words of the week, in its own chunk. */
import { part } from "./engine";
import { en } from "./week.en";
import { sv } from "./week.sv";

export const tw = part(sv, () => en);

/** Words of the focus of coming evenings, in its own chunk. */
import { part } from "./engine";
import { en } from "./focus.en";
import { sv } from "./focus.sv";

export const tfo = part(sv, () => en);

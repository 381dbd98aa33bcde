/** Words of changing one's own password. */
import { part } from "./engine";
import { en } from "./password.en";
import { sv } from "./password.sv";

export const tpw = part(sv, () => en);

/** Words of speaking in place of typing, in the chunk that shows it. */
import { en } from "./dictate.en";
import { sv } from "./dictate.sv";
import { part } from "./engine";

export const td = part(sv, () => en);

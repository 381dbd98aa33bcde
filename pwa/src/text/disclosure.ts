/** Words of the disclosure register, in its own chunk. */
import { en } from "./disclosure.en";
import { sv } from "./disclosure.sv";
import { part } from "./engine";

export const td = part(sv, () => en);

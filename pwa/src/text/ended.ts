/** Words of what the server has of a shift that has ended. */
import { en } from "./ended.en";
import { sv } from "./ended.sv";
import { part } from "./engine";

export const te = part(sv, () => en);

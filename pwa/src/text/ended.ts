/** Words of the end of a shift: its summary, and what the server has of it. */
import { en } from "./ended.en";
import { sv } from "./ended.sv";
import { part } from "./engine";

export const te = part(sv, () => en);

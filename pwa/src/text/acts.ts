/** Words of what a supervisor says of a shift; loaded with the desk. */
import { en } from "./acts.en";
import { sv } from "./acts.sv";
import { part } from "./engine";

export const tv = part(sv, () => en);

/** Words of the moment in which a saved observation can be had back. */
import { part } from "./engine";
import { en } from "./undo.en";
import { sv } from "./undo.sv";

export const tu = part(sv, () => en);

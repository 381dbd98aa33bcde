/** Words of the search, in its own chunk. */
import { part } from "./engine";
import { en } from "./find.en";
import { sv } from "./find.sv";

export const tf = part(sv, () => en);

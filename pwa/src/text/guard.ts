/** Words about words that must not be kept, and the guides before restricted records; loaded with them. */
import { part } from "./engine";
import { en } from "./guard.en";
import { sv } from "./guard.sv";

export const tg = part(sv, () => en);

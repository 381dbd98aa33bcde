/** Words of a talk afterwards, in chunks that a start does not wait for. */
import { part } from "./engine";
import { en } from "./talk.en";
import { sv } from "./talk.sv";

export const tt = part(sv, () => en);

/** Words of the alarm's screens and of the desk's alarms, in chunks that a start does not wait for. */
import { en } from "./alarm.en";
import { sv } from "./alarm.sv";
import { part } from "./engine";

export const tl = part(sv, () => en);

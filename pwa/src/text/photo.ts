/** Words about photos, loaded with them. */
import { part } from "./engine";
import { en } from "./photo.en";
import { sv } from "./photo.sv";

export const tp = part(sv, () => en);

/** Words of the page that tells people what is stored about them, in its own chunk. */
import { part } from "./engine";
import { en } from "./own.en";
import { sv } from "./own.sv";

export const to = part(sv, () => en);
export type OwnKey = keyof typeof sv;
export const isOwnKey = (key: string): key is OwnKey => key in sv;

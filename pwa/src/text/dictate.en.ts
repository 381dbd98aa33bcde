/** English words of speaking in place of typing. */
import type { sv } from "./dictate.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  start: "Dictate",
  stop: "Stop dictating",
  listening: "Listening. Your voice stays on the phone.",
  failed: "The phone heard nothing. The text is still there.",
  keyboard: "The microphone on the keyboard writes what you say.",
};

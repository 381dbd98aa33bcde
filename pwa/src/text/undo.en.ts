/** English words of the moment in which a saved observation can be had back. */
import type { Translation } from "./engine";
import type { sv } from "./undo.sv";

export const en: Translation<typeof sv> = {
  undo: "Undo",
  undo_name: "Undo {what}",
  edit: "Change",
  edit_name: "Change {what}",
  soon: "Can be undone for a moment.",
  soon_name: "{what} can be undone for a moment.",
};

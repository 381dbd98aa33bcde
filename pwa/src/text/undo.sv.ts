/** Swedish words of the moment in which a saved observation can be had back. */
export const sv = {
  undo: "Ångra",
  undo_name: "Ångra {what}",
  edit: "Ändra",
  edit_name: "Ändra {what}",
  soon: "Kan ångras en kort stund.",
  soon_name: "{what} kan ångras en kort stund.",
} as const;

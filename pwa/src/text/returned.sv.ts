/** Swedish words of a shift that was sent back to those who worked it. */
export const sv = {
  title: "Tillbaka till er",
  head: "Passet {date} skickades tillbaka av {name}",
  head_nameless: "Passet {date} skickades tillbaka av arbetsledaren",
  no_note: "Ingen anteckning följde med.",
  open: "Visa passet",
  log: "Till loggen",
} as const;

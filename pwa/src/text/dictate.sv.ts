/** Swedish words of speaking in place of typing. */
export const sv = {
  start: "Diktera",
  stop: "Sluta diktera",
  listening: "Lyssnar. Rösten stannar i telefonen.",
  failed: "Telefonen hörde inget. Texten står kvar.",
  keyboard: "Mikrofonen på tangentbordet skriver det du säger.",
} as const;

/** Swedish words of the start view's evening: focus, handovers, and what may still be there. */
export const sv = {
  "tonight.focus": "I kväll",
  "tonight.until": "Gäller till {time}",
  "tonight.unknownPlace": "Okänd plats",
  "tonight.handovers": "Från tidigare pass",
  "tonight.from": "{name}, {time}",
  "tonight.colleague": "En kollega",
  "tonight.read": "Läst",
  "tonight.readBefore": { one: "{n} läst överlämning", other: "{n} lästa överlämningar" },
  "tonight.notSaved": "Det är INTE sparat. Försök igen.",
  "tonight.questions": "Finns kvar?",
  "tonight.reported": "sedd {time}",
  "tonight.yes": "Ja",
  "tonight.no": "Nej",
  "tonight.notVisited": "Ej sett",
  "tonight.all": { one: "Visa {n} fråga", other: "Visa alla {n} frågor" },
} as const;

/** Swedish: the app's first language, and the type that every other dictionary must match. */
export const sv = {
  "ui.close": "Stäng",
  "ui.back": "Tillbaka",
  "ui.loading": "Hämtar …",
  "ui.retry": "Försök igen",
  "ui.state.pending": "Endast i telefonen",
  "ui.state.sent": "Skickad {time}",
  "ui.state.quarantined": "Mottagen, väntar på granskning",
  "ui.state.stuck": "Fel: tryck för att se",
} as const;

/** Swedish words of the end of a shift: its summary, and what the server has of it. */
export const sv = {
  records: {
    one: "Från den här telefonen: {here} av {n} post mottagen av servern",
    other: "Från den här telefonen: {here} av {n} poster mottagna av servern",
  },
  photos: { one: "{here} av {n} foto", other: "{here} av {n} foton" },
  sum_hosts: { one: "{n} värd", other: "{n} värdar" },
  sum_hours: { one: "{hours} timme", other: "{hours} timmar" },
  sum_places: "Platser: {places}.",
  sum_rounds: "Ronder utan anmärkning: {count}.",
  sum_events: "Händelser: {events}. Åtgärder: {measures}.",
  sum_meetings: "Positiva möten och kontakter: {count}.",
  sum_calls: "Tillkallad hjälp: {calls}.",
  sum_noPlace: "Utan plats",
  sum_noOutcome: "utfall okänt",
  title: "Passet är avslutat",
  allSent: "Allt från passet är skickat.",
  unsent: {
    one: "{n} post från passet finns bara i telefonen. Den skickas när det finns täckning och Lykta är öppen.",
    other:
      "{n} poster från passet finns bara i telefonen. De skickas när det finns täckning och Lykta är öppen.",
  },
  unsent_photos: {
    one: "{n} foto från passet är inte skickat än. Det skickas när det finns täckning och Lykta är öppen.",
    other: "{n} foton från passet är inte skickade än. De skickas när det finns täckning och Lykta är öppen.",
  },
  others: "Det finns också osänt från andra pass på telefonen.",
  returned: "Skickat tillbaka av arbetsledaren: {note}",
} as const;

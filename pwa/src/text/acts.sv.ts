/** Words of what a supervisor says of a shift. */
export const sv = {
  title: "Granskning",
  none: "Inte granskat än.",
  approved: "Godkänt {time} av {name}.",
  returned: "Skickat tillbaka {time} av {name}.",
  since: {
    one: "{n} post har kommit eller ändrats sedan dess.",
    other: "{n} poster har kommit eller ändrats sedan dess.",
  },
  still_out: "Passet kan granskas när det är avslutat.",
  not_whole: "Allt har inte kommit från telefonerna. Det som kommer efteråt syns som nytt.",

  approve: "Godkänn",
  give_back: "Skicka tillbaka …",
  comment: "Kommentera …",
  give_back_title: "Skicka tillbaka",
  give_back_about: "Värdarna ser texten i sina telefoner. Det de har skrivit ändras inte.",
  give_back_label: "Vad ska förtydligas?",
  give_back_save: "Skicka tillbaka",
  comment_title: "Kommentera passet",
  comment_entry: "Kommentera",
  comment_entry_name: "Kommentera {what}",
  comment_label: "Kommentar",
  comment_save: "Spara kommentaren",
  lack: "Skriv några ord först.",
  draft_kept: "Det du skriver sparas i den här webbläsaren tills det är skickat.",
  said: "Sparat.",

  newer: "Mer har kommit sedan du läste. Läs det som är märkt nytt och försök igen.",
  offline: "Ingen kontakt med servern. Texten är kvar här.",
  signin: "Inloggningen gäller inte längre. Texten är kvar här när du har loggat in igen.",
  failed: "Det gick inte att spara. Texten är kvar här.",

  fresh: {
    one: "{n} post är ny eller ändrad sedan du läste passet {time}.",
    other: "{n} poster är nya eller ändrade sedan du läste passet {time}.",
  },
  fresh_none: "Inget nytt sedan du läste passet {time}.",
  fresh_next: "Nästa nya",

  seal_checking: "kedjan kontrolleras …",
  seal_holds: "kedjan verifierad",
  seal_broken: "kedjan håller inte vid nr {numbers}: kör lykta journal verify",
  seal_unknown: "kedjan kunde inte kontrolleras nu",
} as const;

/** Words of the page about the phone and sending, and of one entry of the log; loaded with them. */
export const sv = {
  sending: "Att skicka",
  state: "Läge",
  pushing: "Skickar …",
  pulling: "Hämtar …",
  waiting: "Väntar på nästa försök",
  unsent_own: "Mina osända",
  unsent_others: "Andras osända",
  oldest: "Äldsta osända",
  lastOk: "Senaste kontakt",
  nextTry: "Nästa försök",
  none: "Inget",
  never: "Aldrig",
  unknown: "Okänt",
  stuck: {
    one: "{n} post går inte att skicka just nu. Den ligger kvar i telefonen och försöks igen varje dag. Se loggen.",
    other:
      "{n} poster går inte att skicka just nu. De ligger kvar i telefonen och försöks igen varje dag. Se loggen.",
  },
  try: "Försök nu",
  trying: "Försöker …",
  check: "Kontroll mot servern",
  check_about:
    "Frågar servern om den har varje uppgift som den här telefonen håller. Det görs också av sig självt en gång om dagen.",
  check_act: "Kontrollera mina uppgifter",
  check_asking: "Kontrollerar …",
  check_last: "Senast kontrollerat",
  check_empty: "Den här telefonen håller inga uppgifter att kontrollera.",
  check_all: { one: "{n} av {n} finns på servern.", other: "{n} av {n} finns på servern." },
  check_missing: {
    one: "{there} av {all} finns på servern. {n} saknades och skickas nu.",
    other: "{there} av {all} finns på servern. {n} saknades och skickas nu.",
  },
  check_offline:
    "Ingen kontakt med servern just nu, så det gick inte att kontrollera. Allt du sparat ligger kvar i telefonen och kontrolleras när det finns täckning.",
  check_notLykta:
    "Nätet svarar, men inte Lykta. Kanske vill nätet att du loggar in på det. Allt du sparat ligger kvar i telefonen.",
  check_server:
    "Servern kunde inte svara just nu. Allt du sparat ligger kvar i telefonen och kontrolleras igen av sig självt.",
  check_signin:
    "Ingen är inloggad på den här telefonen, så servern svarar inte. Logga in för att kontrollera. Allt du sparat ligger kvar i telefonen.",
  phone: "Telefonens lager",
  kept: "Skyddat mot rensning",
  kept_yes: "Ja",
  kept_no: "Nej. Lägg Lykta på hemskärmen för att skydda det osända.",
  kept_unknown: "Telefonen säger inte",
  room: "Utrymme",
  room_of: "{used} av {all} använt",
  copy: "Spara en kopia",
  copy_about:
    "En fil med allt som den här telefonen håller, också andras uppgifter, i klartext. Behövs bara om telefonen inte kan skicka. Lämna den till din arbetsledare och till ingen annan.",
  copy_act: "Spara en kopia",
  copy_making: "Gör filen …",
  copy_shared: "Filen är lämnad till den app du valde. Allt ligger också kvar i telefonen.",
  copy_saved: "Filen är sparad bland telefonens hämtade filer. Allt ligger också kvar i Lykta.",
  copy_failed:
    "Filen gick inte att göra. Allt ligger kvar i telefonen. Starta om webbläsaren och försök igen.",
  app: "Appen",
  version: "Version",
  install: "Telefonens nummer i Lykta",
  update: "Ladda om senaste version",
  update_held: "Spara eller kasta det påbörjade först.",
  log_unknown: "Posten finns inte på den här telefonen",
  log_said: "{time} av {name}",
  log_pending: "Sparad i telefonen. Den skickas när det finns täckning.",
  log_stuck:
    "Servern har inte kunnat ta emot posten. Den ligger kvar i telefonen och försöks igen varje dag. Orsak: {why}",
  log_quarantined:
    "Servern har posten, men en människa behöver titta på den. Du behöver inte göra något. Orsak: {why}",
  log_comments: "Kommentarer",
  log_comment: "Ny kommentar",
  log_comment_save: "Spara kommentar",
} as const;

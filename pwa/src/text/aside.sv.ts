/** Words of the page about the phone and sending, and of one entry of the log; loaded with them. */
export const sv = {
  sending: "Att skicka",
  state: "Läge",
  pushing: "Skickar …",
  pulling: "Hämtar …",
  waiting: "Väntar på nästa försök",
  unsent_own: "Mina osända",
  unsent_others: "Andras osända",
  unsent_photos: "Osända foton",
  left: "{what} kvar att skicka.",
  left_posts: { one: "{n} post", other: "{n} poster" },
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
  check_photos: {
    one: "{there} av {n} foto finns på servern.",
    other: "{there} av {n} foton finns på servern.",
  },
  check_photos_missing: "Foton som saknades skickas nu, om de finns kvar i den här telefonen.",
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
  trial: "Provskrivning",
  trial_yes: "Gick bra",
  trial_no: "Gick inte",
  store_ready: "Telefonens lager är kontrollerat: det du skriver sparas i telefonen.",
  store_iosTab:
    "Lykta är öppen i Safari och inte från hemskärmen. Allt går att skriva och skicka, men iPhone raderar det osända efter sju dagar utan användning. Tryck på Dela och Lägg till på hemskärmen, och logga in där.",
  store_private:
    "Det här ser ut som ett privat fönster. Det du skriver sparas och skickas medan det är öppet, men det osända försvinner när det stängs. Öppna Lykta i ett vanligt fönster.",
  store_notKept:
    "Webbläsaren lovar inte att behålla det osända om telefonen får ont om utrymme. Allt går att skriva och skicka. Lägg Lykta på hemskärmen för att skydda det.",
  store_low:
    "Ont om utrymme: {left} kvar åt Lykta. Text får plats, men kanske inte foton och kartor. Frigör utrymme i telefonen.",
  store_noWrite:
    "Telefonen klarade inte att provskriva. Text sparas i ett mindre reservlager, och du får veta om något inte blir sparat. Frigör utrymme eller starta om webbläsaren före passet.",
  store_noSpare:
    "Reservlagret går inte att använda. Allt sparas som vanligt, men utan reserv om lagret skulle sluta svara. Tillåt Lykta att spara data i webbläsarens inställningar.",
  copy: "Spara en kopia",
  copy_about:
    "En krypterad fil med allt som den här telefonen håller, också andras uppgifter. Bara organisationens server kan öppna den. Behövs bara om telefonen inte kan skicka. Lämna den till din arbetsledare.",
  copy_act: "Spara en kopia",
  copy_photos: {
    one: "Foton är inte med i filen. {n} foto finns bara i den här telefonen: släng den inte och rensa inte webbläsaren.",
    other:
      "Foton är inte med i filen. {n} foton finns bara i den här telefonen: släng den inte och rensa inte webbläsaren.",
  },
  copy_making: "Gör filen …",
  copy_shared: "Filen är lämnad till den app du valde. Allt ligger också kvar i telefonen.",
  copy_ready: "Filen är klar.",
  copy_give: "Lämna filen",
  copy_noKey:
    "Telefonen har inte hämtat organisationens nyckel än, så filen går inte att kryptera. Det sker av sig självt vid nästa kontakt med servern.",
  copy_noCrypto: "Den här webbläsaren kan inte kryptera filen.",
  copy_plain_about:
    "En okrypterad fil kan läsas av alla som får tag i den. Lämna den bara direkt till din arbetsledare.",
  copy_plain: "Spara okrypterad kopia",
  copy_saved: "Filen är sparad bland telefonens hämtade filer. Allt ligger också kvar i Lykta.",
  copy_failed:
    "Filen gick inte att göra. Allt ligger kvar i telefonen. Starta om webbläsaren och försök igen.",
  courier: "Genom en kollegas telefon",
  courier_about:
    "Visa det osända som rutkoder för en kollega som har täckning, eller bär en kollegas poster. De är krypterade: den som bär kan inte läsa dem. Foton följer inte med.",
  courier_show: "Visa mina koder",
  courier_scan: "Läs en kollegas koder",
  carried_waiting: {
    one: "Bär {n} post åt en kollega. Den skickas av sig själv när det finns täckning och Lykta är öppen.",
    other:
      "Bär {n} poster åt en kollega. De skickas av sig själva när det finns täckning och Lykta är öppen.",
  },
  carried_delivered: {
    one: "{n} post åt en kollega är framme: {fresh} ny, {known} fanns redan.",
    other: "{n} poster åt en kollega är framme: {fresh} nya, {known} fanns redan.",
  },
  carried_look: {
    one: "{n} av dem behöver en människa titta på.",
    other: "{n} av dem behöver en människa titta på.",
  },
  carried_damaged: {
    one: "{n} var skadad och togs inte emot. Kollegans telefon har den kanske hel.",
    other: "{n} var skadade och togs inte emot. Kollegans telefon har dem kanske hela.",
  },
  carried_refused: {
    one: "Servern tog inte emot {n} post som du bär åt en kollega: {why}.",
    other: "Servern tog inte emot {n} poster som du bär åt en kollega: {why}.",
  },
  carried_help: "Lämna dem som fil till arbetsledaren. De ligger också kvar i kollegans telefon.",
  carried_key: "de är krypterade för en nyckel som servern inte har",
  carried_spoilt: "de har skadats på vägen",
  carried_origin: "telefonen de kommer från är inte känd eller är spärrad",
  carried_large: "de är för många på en gång",
  carried_other: "okänd orsak ({why})",
  carried_try: "Skicka det jag bär nu",
  carried_file: "Lämna som fil",
  carried_drop: "Ta bort",
  app: "Appen",
  version: "Version",
  install: "Telefonens nummer i Lykta",
  update: "Ladda om senaste version",
  update_held: "Spara eller kasta det påbörjade först.",
  log_unknown: "Posten finns inte på den här telefonen",
  log_said: "{time} av {name}",
  log_pending: "Sparad i telefonen. Den skickas när det finns täckning och Lykta är öppen.",
  log_stuck:
    "Servern har inte kunnat ta emot posten. Den ligger kvar i telefonen och försöks igen varje dag. Orsak: {why}",
  log_quarantined:
    "Servern har posten, men en människa behöver titta på den. Du behöver inte göra något. Orsak: {why}",
  why_refused: "servern tar inte emot den som den är",
  why_server: "servern kunde inte hantera den",
  why_hash: "den kom fram skadad, gång på gång",
  why_no_result: "servern svarade inte om just den",
  why_author: "du har inte loggat in på den här telefonen",
  why_revoked: "telefonen är spärrad",
  why_conflict: "samma nummer finns redan med annat innehåll",
  why_type: "appen är nyare än servern",
  why_version: "appen är nyare än servern",
  why_envelope: "omslaget gick inte att läsa",
  why_permission: "din roll får inte skriva sådant",
  why_projector: "servern kunde inte räkna in den",
  why_body: "innehållet gick inte att läsa",
  why_target: "den post som det gäller har inte kommit fram än",
  why_other: "okänd ({why})",
  retry_again: "Servern tog inte emot den nu heller. Den ligger kvar i telefonen.",
  log_comments: "Kommentarer",
  log_comment: "Ny kommentar",
  log_comment_save: "Spara kommentar",
} as const;

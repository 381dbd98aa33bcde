/** Swedish words of changing one's own password. */
export const sv = {
  title: "Byt lösenord",
  about:
    "Du stannar inloggad här. Överallt annars loggas du ut; det som är osänt där ligger kvar och skickas.",
  current: "Nuvarande lösenord",
  wrong: "Det är inte ditt nuvarande lösenord. Kontrollera stora och små bokstäver.",
  length: "Lösenordet ska ha minst {n} och högst 200 tecken.",
  same: "Det är lösenordet som du redan har.",
  done: "Lösenordet är bytt. Alla andra inloggningar är avslutade.",
  session: "Din inloggning har upphört. Logga in igen och byt sedan.",
  offline: "Ingen kontakt med servern. Lösenordet är inte bytt.",
  failed: "Lösenordet kunde inte bytas. Försök igen om en stund.",
} as const;

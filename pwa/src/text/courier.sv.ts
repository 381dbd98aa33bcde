/** Words of the two screens that pass records from phone to phone; loaded with them. */
export const sv = {
  show: "Visa mina koder",
  show_about:
    "Håll skärmen framför kollegans kamera, i armlängds avstånd och utan reflexer. Höj skärmens ljusstyrka. Kollegan väljer Läs en kollegas koder.",
  show_keeps:
    "Allt ligger kvar i den här telefonen tills servern själv har svarat den. Foton följer inte med.",
  making: "Gör koderna …",
  what: "Vad som visas",
  unsent: "Osänt ({n})",
  recent: "Även skickat senaste dygnet ({n})",
  code: "Rutkod",
  frame: "Ruta {n} av {all}",
  ops: { one: "{n} post", other: "{n} poster" },
  part: "Del {n} av {all}",
  nextPart: "Nästa del",
  previousPart: "Förra delen",
  pause: "Paus",
  goOn: "Fortsätt",
  slower: "Långsammare",
  nothing: "Inget är osänt. Det finns inget att visa.",
  sent: "Allt är skickat. Koderna behövs inte längre.",
  no_key:
    "Telefonen har inte hämtat organisationens nyckel än, så inget kan krypteras. Det sker av sig självt vid nästa kontakt med servern.",
  no_crypto: "Den här webbläsaren kan inte kryptera, så inget visas.",
  tooMuch: "Den här posten är för stor för koder. Spara en kopia i stället.",
  failed: "Koderna gick inte att göra. Allt ligger kvar i telefonen.",
  read: "Läs en kollegas koder",
  read_about:
    "Rikta kameran mot kollegans skärm så att hela rutan syns. Du kan inte läsa det du bär: bara organisationens server kan öppna det.",
  camera: "Kamerans bild",
  opening: "Öppnar kameran …",
  looking: "Letar efter koder …",
  got: "{n} av {all} rutor lästa",
  almost: "Några rutor kvar. Håll stilla, de kommer tillbaka.",
  cancel: "Avbryt",
  done: {
    one: "Klart. Du bär nu {n} post åt din kollega.",
    other: "Klart. Du bär nu {n} poster åt din kollega.",
  },
  done_about:
    "De skickas av sig själva när den här telefonen har täckning och Lykta är öppen. Kollegan kan stänga sina koder, eller visa nästa del.",
  again: "Läs fler koder",
  close: "Klart",
  camera_none: "Ingen kamera går att använda här.",
  camera_refused:
    "Lykta får inte använda kameran. Tillåt kamera för Lykta i telefonens inställningar och försök igen.",
  camera_busy: "Kameran är upptagen av en annan app. Stäng den och försök igen.",
  notCopy: "Koderna hör inte till en kopia från Lykta.",
  notKept: "Telefonen kunde inte spara det som lästes. Be kollegan visa koderna igen.",
} as const;

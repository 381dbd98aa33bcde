/** Swedish words of a point that a host sets on the map. */
export const sv = {
  open: "Välj på kartan",
  move: "Flytta punkten på kartan",
  drop: "Ta bort punkten",
  set: "punkt på kartan",
  with: "Punkten på kartan följer med posten, inte telefonens position.",
  said: "satt på kartan",
  of_place: "platsens punkt",
  loading: "Kartan laddas …",
  failed: "Kartan gick inte att hämta. Välj en plats i listan.",
} as const;

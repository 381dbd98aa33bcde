/** English words of the categories at the desk. */
import type { sv } from "./category.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  title: "Categories",
  menu: "What hosts choose among: switch off, switch on, add your own.",
  about:
    "What hosts choose among when they write. What is switched off is no longer offered, and what is written already keeps its name. Phones fetch the change by themselves.",
  locked_about:
    "{names} can never be switched off. They have a restricted circle of readers. Without them the most sensitive things would be written under another category, where all may read them.",
  none: "No categories have come from the server.",
  new: "Add a category",
  code: "Code",
  code_about:
    "The server gives it a code that begins with L-. No category that comes with Lykta gets such a code.",
  group: "Group",
  protection: "Protection",
  protection_0: "About a place",
  protection_1: "About people, no identity",
  protection_2: "Sensitive, or an offence",
  protection_3: "Restricted circle",
  photos: "Photos",
  photos_yes: "Photos allowed",
  photos_no: "No photos",
  fixed: "Group and protection stay: what is written must go on meaning the same.",
  state: "State",
  on: "On",
  off: "Switched off",
  locked: "Always on",
  own: "own",
  name_sv: "Name in Swedish",
  name_en: "Name in English",
  same_name: "Another category has that name.",
  full: "The group already has 20 categories of your own. Switch one of them on, or rename it.",
  switch_off: "Switch off",
  switch_on: "Switch on",
  switch_off_who: "Switch off {name}",
  switch_on_who: "Switch on {name}",
  show: "History",
  show_who: "History of {name}",
};

/** English words of a shift that was sent back to those who worked it. */
import type { Translation } from "./engine";
import type { sv } from "./returned.sv";

export const en: Translation<typeof sv> = {
  title: "Sent back to you",
  head: "The shift on {date} was sent back by {name}",
  head_nameless: "The shift on {date} was sent back by the supervisor",
  no_note: "No note came with it.",
  open: "Show the shift",
  log: "To the log",
};

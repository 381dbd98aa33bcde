/** English words of a talk afterwards: at the desk, and to the host who was there. */
import type { Translation } from "./engine";
import type { sv } from "./talk.sv";

export const en: Translation<typeof sv> = {
  title: "Talk afterwards",
  desk_line: "After the event {time}",
  no_word: "Nobody has decided yet.",
  offered: "Offered",
  held: "Held",
  not_needed: "Not needed",
  word: "{status} · {name}, {time}",
  choose: "Talk after the event {time}",
  to_entry: "Show the record",
  newer: "Somebody else has just changed this. What holds now stands here: choose again if needed.",
  offline: "Not saved: no network. Try again.",
  signin: "Not saved: sign in again.",
  failed: "It could not be saved. Try again.",
  unknown: "Whether anybody needs a talk afterwards could not be read.",
  host_title: "A talk afterwards",
  host_offered:
    "You are offered a talk about what you met {time}. You need not carry it alone. Tell {name} when it suits you.",
  host_offered_nameless:
    "You are offered a talk about what you met {time}. You need not carry it alone. Tell your supervisor when it suits you.",
  host_held: "The talk afterwards has been held. If you want to talk more, tell your supervisor.",
  host_not_needed: "No talk afterwards is planned. If that changes for you, tell your supervisor.",
};

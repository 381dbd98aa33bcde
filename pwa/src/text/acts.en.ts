/** English words of what a supervisor says of a shift. */
import type { sv } from "./acts.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  title: "Review",
  none: "Not reviewed yet.",
  approved: "Approved {time} by {name}.",
  returned: "Sent back {time} by {name}.",
  since: { one: "{n} entry has come or changed since.", other: "{n} entries have come or changed since." },
  still_out: "The shift can be reviewed once it has ended.",
  not_whole: "Not everything has come from the phones. What comes later is marked as new.",

  approve: "Approve",
  give_back: "Send back …",
  comment: "Comment …",
  give_back_title: "Send back",
  give_back_about: "The hosts see the text on their phones. What they wrote is not changed.",
  give_back_label: "What should be made clearer?",
  give_back_save: "Send back",
  comment_title: "Comment on the shift",
  comment_entry: "Comment",
  comment_entry_name: "Comment on {what}",
  comment_label: "Comment",
  comment_save: "Save the comment",
  lack: "Write a few words first.",
  draft_kept: "What you write is kept in this browser until it is sent.",
  said: "Saved.",

  newer: "More has come since you read. Read what is marked new, then try again.",
  offline: "No contact with the server. The text is still here.",
  signin: "The sign-in has ended. The text is still here once you have signed in again.",
  failed: "It could not be saved. The text is still here.",

  fresh: {
    one: "{n} entry is new or changed since you read the shift {time}.",
    other: "{n} entries are new or changed since you read the shift {time}.",
  },
  fresh_none: "Nothing new since you read the shift {time}.",
  fresh_next: "Next new one",

  seal_checking: "checking the chain …",
  seal_holds: "chain verified",
  seal_broken: "the chain does not hold at no. {numbers}: run lykta journal verify",
  seal_unknown: "the chain could not be checked now",
};

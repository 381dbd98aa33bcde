/** English of `aside.sv.ts`. */

import type { sv } from "./aside.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  sending: "Sending",
  state: "State",
  pushing: "Sending …",
  pulling: "Fetching …",
  waiting: "Waits for the next try",
  unsent_own: "My unsent",
  unsent_photos: "Unsent photos",
  left: "{what} left to send.",
  left_posts: { one: "{n} record", other: "{n} records" },
  unsent_others: "Unsent of others",
  oldest: "Oldest unsent",
  lastOk: "Last contact",
  nextTry: "Next try",
  none: "None",
  never: "Never",
  unknown: "Unknown",
  stuck: {
    one: "{n} record cannot be sent right now. It stays on the phone and is tried again every day. See the log.",
    other:
      "{n} records cannot be sent right now. They stay on the phone and are tried again every day. See the log.",
  },
  try: "Try now",
  trying: "Trying …",
  check: "Check with the server",
  check_about:
    "Asks the server whether it has every record that this phone holds. It is also done by itself once a day.",
  check_act: "Check my records",
  check_asking: "Checking …",
  check_last: "Last checked",
  check_empty: "This phone holds no records to check.",
  check_all: { one: "{n} of {n} is on the server.", other: "{n} of {n} are on the server." },
  check_missing: {
    one: "{there} of {all} are on the server. {n} was missing and is being sent now.",
    other: "{there} of {all} are on the server. {n} were missing and are being sent now.",
  },
  check_photos: {
    one: "{there} of {n} photo is on the server.",
    other: "{there} of {n} photos are on the server.",
  },
  check_photos_missing: "Photos that were missing are being sent now, if they are still on this phone.",
  check_offline:
    "No contact with the server right now, so nothing could be checked. All that you saved stays on the phone and is checked when there is coverage.",
  check_notLykta:
    "The network answers, but not Lykta. Perhaps the network wants you to sign in to it. All that you saved stays on the phone.",
  check_server:
    "The server could not answer right now. All that you saved stays on the phone and is checked again by itself.",
  check_signin:
    "Nobody is signed in on this phone, so the server does not answer. Sign in to check. All that you saved stays on the phone.",
  phone: "The phone's storage",
  kept: "Safe from clearing",
  kept_yes: "Yes",
  kept_no: "No. Put Lykta on the home screen to protect what is unsent.",
  kept_unknown: "The phone does not say",
  room: "Space",
  room_of: "{used} of {all} used",
  trial: "Trial write",
  trial_yes: "Went well",
  trial_no: "Failed",
  store_ready: "The phone's storage has been checked: what you write is kept on the phone.",
  store_iosTab:
    "Lykta is open in Safari and not from the home screen. Everything can be written and sent, but the iPhone deletes what is unsent after seven days without use. Tap Share and Add to Home Screen, and sign in there.",
  store_private:
    "This looks like a private window. What you write is kept and sent while it is open, but what is unsent is gone when it closes. Open Lykta in an ordinary window.",
  store_notKept:
    "The browser does not promise to keep what is unsent if the phone runs short of space. Everything can be written and sent. Put Lykta on the home screen to protect it.",
  store_low:
    "Short of space: {left} left for Lykta. Text has room, but photos and maps may not. Free some space on the phone.",
  store_noWrite:
    "A trial write failed. Text is kept in a smaller spare store, and you are told if something is not saved. Free some space or restart the browser before the shift.",
  store_noSpare:
    "The spare store cannot be used. Everything is saved as usual, but with no spare should the storage stop answering. Allow Lykta to save data in the browser's settings.",
  copy: "Save a copy",
  copy_about:
    "An encrypted file of all that this phone holds, records of others too. Only the organisation's server can open it. Needed only if the phone cannot send. Give it to your supervisor.",
  copy_photos: {
    one: "Photos are not in the file. {n} photo is on this phone alone: do not throw it away, and do not clear the browser.",
    other:
      "Photos are not in the file. {n} photos are on this phone alone: do not throw it away, and do not clear the browser.",
  },
  copy_act: "Save a copy",
  copy_making: "Making the file …",
  copy_shared: "The file was given to the app that you chose. All of it stays on the phone too.",
  copy_ready: "The file is ready.",
  copy_give: "Hand over the file",
  copy_noKey:
    "This phone has not fetched the organisation's key yet, so the file cannot be encrypted. It comes by itself at the next contact with the server.",
  copy_noCrypto: "This browser cannot encrypt the file.",
  copy_plain_about:
    "A file that is not encrypted can be read by everybody who gets hold of it. Give it only directly to your supervisor.",
  copy_plain: "Save a copy without encryption",
  copy_saved: "The file is among the phone's downloads. All of it stays in Lykta too.",
  copy_failed: "The file could not be made. All of it stays on the phone. Restart the browser and try again.",
  courier: "By a colleague's phone",
  courier_about:
    "Show what is unsent as square codes to a colleague who has coverage, or carry a colleague's records. They are encrypted: whoever carries them cannot read them. Photos do not come along.",
  courier_show: "Show my codes",
  courier_scan: "Read a colleague's codes",
  carried_waiting: {
    one: "Carrying {n} record for a colleague. It is sent by itself when there is coverage and Lykta is open.",
    other:
      "Carrying {n} records for a colleague. They are sent by themselves when there is coverage and Lykta is open.",
  },
  carried_delivered: {
    one: "{n} record for a colleague has arrived: {fresh} new, {known} known already.",
    other: "{n} records for a colleague have arrived: {fresh} new, {known} known already.",
  },
  carried_look: {
    one: "A person needs to look at {n} of them.",
    other: "A person needs to look at {n} of them.",
  },
  carried_damaged: {
    one: "{n} was damaged and not taken in. The colleague's phone may have it whole.",
    other: "{n} were damaged and not taken in. The colleague's phone may have them whole.",
  },
  carried_refused: {
    one: "The server did not take the {n} record that you carry for a colleague: {why}.",
    other: "The server did not take the {n} records that you carry for a colleague: {why}.",
  },
  carried_help: "Give them to the supervisor as a file. They are on the colleague's phone too.",
  carried_key: "they are encrypted for a key that the server does not have",
  carried_spoilt: "they were damaged on the way",
  carried_origin: "the phone they come from is not known or is revoked",
  carried_large: "they are too many at once",
  carried_other: "unknown reason ({why})",
  carried_try: "Send what I carry now",
  carried_file: "Hand over as a file",
  carried_drop: "Remove",
  app: "The app",
  version: "Version",
  install: "This phone's number in Lykta",
  update: "Reload the latest version",
  update_held: "Save or discard what is begun first.",
  log_unknown: "This record is not on this phone",
  log_said: "{time} by {name}",
  log_pending: "Saved on the phone. It is sent when there is coverage and Lykta is open.",
  log_stuck:
    "The server has not been able to take the record. It stays on the phone and is tried again every day. Reason: {why}",
  log_quarantined:
    "The server has the record, but a person needs to look at it. You need not do anything. Reason: {why}",
  why_refused: "the server does not take it as it is",
  why_server: "the server could not handle it",
  why_hash: "it arrived damaged, again and again",
  why_no_result: "the server did not answer for this one",
  why_author: "you have not signed in on this phone",
  why_revoked: "the phone has been blocked",
  why_conflict: "the same number is there with other contents",
  why_type: "the app is newer than the server",
  why_version: "the app is newer than the server",
  why_envelope: "the envelope could not be read",
  why_permission: "your role may not write this",
  why_projector: "the server could not count it in",
  why_body: "the contents could not be read",
  why_target: "the record that it is about has not arrived yet",
  why_other: "unknown ({why})",
  retry_again: "The server did not take it this time either. It stays on the phone.",
  log_comments: "Comments",
  log_comment: "New comment",
  log_comment_save: "Save comment",
};

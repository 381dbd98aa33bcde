import type { sv } from "./courier.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  show: "Show my codes",
  show_about:
    "Hold the screen before your colleague's camera, at arm's length and without glare. Turn the brightness up. Your colleague chooses Read a colleague's codes.",
  show_keeps:
    "All of it stays on this phone until the server itself has answered it. Photos do not come along.",
  making: "Making the codes …",
  what: "What is shown",
  unsent: "Unsent ({n})",
  recent: "Also sent within a day ({n})",
  code: "Square code",
  frame: "Square {n} of {all}",
  ops: { one: "{n} record", other: "{n} records" },
  part: "Part {n} of {all}",
  nextPart: "Next part",
  previousPart: "Previous part",
  pause: "Pause",
  goOn: "Go on",
  slower: "Slower",
  nothing: "Nothing is unsent. There is nothing to show.",
  sent: "All is sent. The codes are no longer needed.",
  no_key:
    "This phone has not fetched the organisation's key yet, so nothing can be encrypted. It comes by itself at the next contact with the server.",
  no_crypto: "This browser cannot encrypt, so nothing is shown.",
  tooMuch: "This record is too large for codes. Save a copy instead.",
  failed: "The codes could not be made. All of it stays on the phone.",
  read: "Read a colleague's codes",
  read_about:
    "Point the camera at your colleague's screen so that the whole square is seen. You cannot read what you carry: only the organisation's server can open it.",
  camera: "The camera's picture",
  opening: "Opening the camera …",
  looking: "Looking for codes …",
  got: "{n} of {all} squares read",
  almost: "A few squares left. Hold still, they come round again.",
  cancel: "Cancel",
  done: {
    one: "Done. You now carry {n} record for your colleague.",
    other: "Done. You now carry {n} records for your colleague.",
  },
  done_about:
    "They are sent by themselves when this phone has coverage and Lykta is open. Your colleague may close the codes, or show the next part.",
  again: "Read more codes",
  close: "Done",
  camera_none: "No camera can be used here.",
  camera_refused:
    "Lykta may not use the camera. Allow the camera for Lykta in the phone's settings and try again.",
  camera_busy: "Another app is using the camera. Close it and try again.",
  notCopy: "The codes do not belong to a copy from Lykta.",
  notKept: "The phone could not keep what was read. Ask your colleague to show the codes again.",
};

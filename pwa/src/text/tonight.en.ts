/** English words of the start view's evening. */
import type { Translation } from "./engine";
import type { sv } from "./tonight.sv";

export const en: Translation<typeof sv> = {
  "tonight.focus": "Tonight",
  "tonight.planned": { one: "Your shift", other: "Your shifts" },
  "tonight.with": "with {names}",
  "tonight.cancelled": "Cancelled",
  "tonight.start": "Start this shift",
  "tonight.until": "Valid until {time}",
  "tonight.unknownPlace": "Unknown place",
  "tonight.handovers": "From earlier shifts",
  "tonight.from": "{name}, {time}",
  "tonight.colleague": "A colleague",
  "tonight.read": "Read",
  "tonight.isRead": "✓ read",
  "tonight.readBefore": { one: "{n} handover read", other: "{n} handovers read" },
  "tonight.notSaved": "It is NOT saved. Try again.",
  "tonight.questions": "Still there?",
  "tonight.reported": "seen {time}",
  "tonight.yes": "Yes",
  "tonight.no": "No",
  "tonight.notVisited": "Not seen",
  "tonight.all": { one: "Show {n} question", other: "Show all {n} questions" },
};

import type { Translation } from "./engine";
import type { sv } from "./sv";

export const en: Translation<typeof sv> = {
  "ui.close": "Close",
  "ui.back": "Back",
  "ui.loading": "Loading …",
  "ui.retry": "Try again",
  "ui.state.pending": "Only on this phone",
  "ui.state.sent": "Sent {time}",
  "ui.state.quarantined": "Received, waits for review",
  "ui.state.stuck": "Error: tap to see",
};

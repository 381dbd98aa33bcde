/** English words of the end of a shift: its summary, and what the server has of it. */
import type { sv } from "./ended.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  records: {
    one: "From this phone: {here} of {n} record received by the server",
    other: "From this phone: {here} of {n} records received by the server",
  },
  photos: { one: "{here} of {n} photo", other: "{here} of {n} photos" },
  sum_hosts: { one: "{n} host", other: "{n} hosts" },
  sum_hours: { one: "{hours} hour", other: "{hours} hours" },
  sum_places: "Places: {places}.",
  sum_rounds: "Rounds with nothing to report: {count}.",
  sum_events: "Events: {events}. Actions: {measures}.",
  sum_meetings: "Positive meetings and contacts: {count}.",
  sum_calls: "Help called: {calls}.",
  sum_noPlace: "No place",
  sum_noOutcome: "outcome unknown",
  title: "The shift has ended",
  allSent: "Everything from the shift is sent.",
  unsent: {
    one: "{n} record from the shift is only on this phone. It is sent when there is coverage and Lykta is open.",
    other:
      "{n} records from the shift are only on this phone. They are sent when there is coverage and Lykta is open.",
  },
  unsent_photos: {
    one: "{n} photo from the shift is not sent yet. It is sent when there is coverage and Lykta is open.",
    other:
      "{n} photos from the shift are not sent yet. They are sent when there is coverage and Lykta is open.",
  },
  others: "There are unsent records from other shifts on the phone, too.",
  returned: "Sent back by the supervisor: {note}",
};

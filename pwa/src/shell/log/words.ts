import { t } from "../../text";
import type { ShiftStep } from "./entries";

export function stepName(step: ShiftStep): string {
  switch (step) {
    case "shift.start":
      return t("log.shift.start");
    case "shift.join":
      return t("log.shift.join");
    case "shift.leave":
      return t("log.shift.leave");
    case "shift.end":
      return t("log.shift.end");
  }
}

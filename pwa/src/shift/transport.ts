import type { Transport } from "../store/types";
import { t } from "../text";

export const TRANSPORTS: readonly Transport[] = ["foot", "bike", "car"];

export function transportName(word: string | null): string {
  if (word === "foot") return t("shift.transport.foot");
  if (word === "bike") return t("shift.transport.bike");
  if (word === "car") return t("shift.transport.car");
  return word ?? "";
}

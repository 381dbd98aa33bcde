/** The moments of a call in words. */
import type { AboutTime } from "../store/types";
import { t, timeNear } from "../text";
import type { Moment } from "./fields";

export const LABELS: Record<Moment, () => string> = {
  attempted: () => t("call.attempted"),
  answered: () => t("call.answered"),
  arrived: () => t("call.arrived"),
  left: () => t("call.left"),
};

export const SAID: Record<Moment, (time: string) => string> = {
  attempted: (time) => t("call.said.attempted", { time }),
  answered: (time) => t("call.said.answered", { time }),
  arrived: (time) => t("call.said.arrived", { time }),
  left: (time) => t("call.said.left", { time }),
};

/** "20:31" · "ca 20:31" */
export function momentWords(moment: AboutTime, at_ms: number): string {
  const words = timeNear(moment.from, at_ms);
  return moment.kind === "about" ? t("observation.when.about", { time: words }) : words;
}

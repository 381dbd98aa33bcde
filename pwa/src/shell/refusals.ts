import { t } from "../text";
import type { Refusal } from "./session";

/** Why signing in did not come about, in words that say what to do. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.why) {
    case "wrong":
      return t("signin.wrong");
    case "slowed":
      return t("signin.slowed", { n: refusal.retry_s });
    case "offline":
      return t("signin.offline");
    case "not-lykta":
      return t("signin.notLykta");
    case "server":
      return t("signin.server");
    case "storage":
      return t("signin.storage");
  }
}

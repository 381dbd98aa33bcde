import type { Route } from "../ui";

const CALL_FORMS: ReadonlySet<string> = new Set(["kort", "logga", "forsok"]);

/** A form fills the screen: no tabs below it to hit by mistake. */
export function isForm({ path: [first, second] }: Route): boolean {
  if (first === "observation" || first === "incheckning" || first === "larm") return true;
  if (first === "falt") return second === "starta" || second === "avsluta";
  return first === "ring" && CALL_FORMS.has(second ?? "");
}

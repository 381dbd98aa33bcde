/** What is told of retention, in words. */
import { list } from "../text";
import { tz } from "../text/retention";
import type { Preview, Run } from "./answers";

const THINGS = { shift: "n_shift", plan: "n_plan", account: "n_account", reading: "n_reading" } as const;
const KEPT = { held: "kept_held", followup: "kept_followup", named: "kept_named" } as const;

/** 12 shifts, 341 lines of the journal and 8 photos. */
export function tookWords({
  cls,
  things,
  ops,
  photos,
}: Pick<Run, "cls" | "things" | "ops" | "photos">): string {
  const parts = [tz(THINGS[cls], { n: things })];
  if (ops > 0) parts.push(tz("n_ops", { n: ops }));
  if (photos > 0) parts.push(tz("n_photos", { n: photos }));
  return list(parts);
}

/** Null where all went. A reason that this version does not know is left out: the server's is not words. */
export function keptWords(kept: Preview["kept"]): string | null {
  const parts = Object.entries(KEPT).flatMap(([why, key]) => (kept[why] ? [tz(key, { n: kept[why] })] : []));
  return parts.length === 0 ? null : list(parts);
}

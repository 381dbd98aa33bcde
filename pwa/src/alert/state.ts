import { computed } from "@preact/signals";
import { me, ownOps, people, records } from "../store/state";
import type { OwnOp } from "../store/types";
import { list, t } from "../text";
import { now_ms } from "../ui/now";
import { type Answer, alertViews } from "./view";

/** Newest first. */
export const alerts = computed(() => alertViews(ownOps.value, records.value.alerts));

/** One that nobody cleared is not pressed upon the host for ever; the desk keeps it. */
const OPEN_MS_MAX = 24 * 3_600_000;

export const openAlerts = computed(() =>
  alerts.value.filter(
    (one) =>
      one.cleared === null && one.kind !== "test" && now_ms.value - Date.parse(one.statedAt) < OPEN_MS_MAX,
  ),
);

export const testAlerts = computed(() => alerts.value.filter((one) => one.kind === "test" && isOwn(one)));

export const isOwn = (one: { hostId: string | null }) => one.hostId !== null && one.hostId === me.value?.id;

export function raiseOp(id: string): OwnOp | null {
  return ownOps.value.find((op) => op.id === id) ?? null;
}

/** A first name; a colleague's whose name has not come is a colleague. */
export function nameOf(id: string | null): string {
  const found = people.value.find((person) => person.id === id)?.name ?? "";
  return found.split(" ")[0] || t("shift.colleague");
}

/** "Bo och Cim", each once. */
export const namesOf = (answers: readonly Answer[]) =>
  list([...new Set(answers.map(({ authorId }) => nameOf(authorId)))]);

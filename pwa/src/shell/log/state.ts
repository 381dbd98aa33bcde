import { computed } from "@preact/signals";
import { checkins } from "../../checkin/state";
import { escalations } from "../../escalation/state";
import { observations } from "../../observation/state";
import { current, shifts } from "../../shift/state";
import { ownOps } from "../../store/state";
import { now_ms } from "../../ui/now";
import { allEntries, shownEntries } from "./entries";

export const everyEntry = computed(() =>
  allEntries({
    observations: observations.value,
    checkins: checkins.value,
    escalations: escalations.value,
    shifts: shifts.value,
    ops: ownOps.value,
  }),
);

export const logEntries = computed(() => shownEntries(everyEntry.value, current.value, now_ms.value));

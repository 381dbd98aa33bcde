import { computed } from "@preact/signals";
import { current } from "../shift/state";
import { me, ownOps, records } from "../store/state";
import { usualPromise } from "./rules";
import { checkinViews, lastArrived, promise, unheard } from "./view";

/** Newest first. */
export const checkins = computed(() => checkinViews(ownOps.value, records.value.checkins));

/** The own check-in that holds the promise now running. */
export const promised = computed(() =>
  current.value && me.value ? promise(checkins.value, current.value.id, me.value.id) : null,
);

/** What the server counts from, while it lacks the newest own check-in. */
export const unheardBy = computed(() =>
  current.value && me.value ? unheard(checkins.value, current.value.id, me.value.id) : null,
);

export const usualPromise_min = computed(() =>
  usualPromise(checkins.value.find((one) => one.authorId === me.value?.id && one.nextDue !== null)),
);

export const arrivedAt = computed(() => lastArrived(checkins.value, current.value?.id ?? null));

import lock from "lucide-static/icons/lock.svg?raw";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { AlertStrip } from "../../alert/AlertStrip";
import { newId } from "../../outbox";
import { me } from "../../store/state";
import { tk } from "../../text/lock";
import { go, Icon, route } from "../../ui";
import { HOME } from "../../ui/routes";
import { Dialed } from "../Frame";
import { isForm } from "../forms";
import { Screen } from "../HostApp";
import { LockScreen, Waiting } from "./LockScreen";

/** What calls for help needs no PIN; everything else does. A call is logged in somebody's name. */
const needsNoPin = (first: string | undefined) =>
  first === "larm" || ((first === "ring" || first === "rad") && me.value !== null);

/** A form of a call that was open when the phone was locked lies sealed under its id: over it nothing may be written. */
function setApart(): void {
  const at = route.peek();
  const [first, , id] = at.path;
  if (first === "ring" && id && isForm(at)) go(location.hash.replace(id, newId()), { replace: true });
}

/** While the phone is locked, an own alarm is asked about as often as else. */
function follow(): () => void {
  let end: (() => void) | null = null;
  let isGone = false;
  void import("../rest").then(
    ({ followAlarms }) => {
      if (!isGone) end = followAlarms();
    },
    () => undefined,
  );
  return () => {
    isGone = true;
    end?.();
  };
}

export function LockedApp() {
  const at = route.value;
  useLayoutEffect(setApart, []);
  useEffect(follow, []);
  if (!needsNoPin(at.path[0]))
    return (
      <div class="host">
        <header class="frame">
          <AlertStrip />
          <Dialed />
        </header>
        <div class="host-screen">
          <LockScreen />
        </div>
      </div>
    );
  return (
    <div class="host">
      <header class="frame">
        <div class="frame-line">
          <a class="frame-shift lock-link" href={HOME}>
            <Icon svg={lock} />
            {tk("lock.title")}
          </a>
        </div>
        <Waiting />
        <AlertStrip />
        <Dialed />
      </header>
      <div class="host-screen">
        <Screen {...at} />
      </div>
    </div>
  );
}

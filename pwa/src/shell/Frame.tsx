import cloud from "lucide-static/icons/circle-check.svg?raw";
import siren from "lucide-static/icons/siren.svg?raw";
import phone from "lucide-static/icons/smartphone.svg?raw";
import { AlertStrip } from "../alert/AlertStrip";
import { isDialed } from "../escalation/dialed";
import { OpenStrip } from "../escalation/OpenStrip";
import { drafts } from "../outbox";
import { current } from "../shift/state";
import { unsentPhotos } from "../store/photos";
import { carriedOps, isReading, storageHealth, unsentCount } from "../store/state";
import { syncState } from "../sync";
import { t, time } from "../text";
import { Icon, route } from "../ui";
import { ALARM, HOME, STATUS } from "../ui/routes";
import { isForm } from "./forms";
import { Lazy } from "./Lazy";
import { Notices } from "./Notices";

/** "Pass 17:30–01:00" */
export function shiftWords(): string {
  const shift = current.value;
  if (!shift) return t(isReading.value ? "frame.reading" : "frame.noShift");
  const end = shift.plannedEnd === null ? "" : time(shift.plannedEnd);
  return t("frame.shift", { from: time(shift.startedAt), to: end });
}

/** A store that cannot be read, or was emptied, may have held anything. */
export function nothingUnsentWords(): string {
  const { problem } = storageHealth.value;
  if (isReading.value) return t("frame.reading");
  return problem === "lost" || problem === "open-failed" ? t("frame.unclear") : t("frame.allSent");
}

function Unsent() {
  const words = unsentWords();
  return (
    <a class={words ? "frame-unsent has-some" : "frame-unsent"} href={STATUS}>
      <Icon svg={words ? phone : cloud} />
      <span>{words || nothingUnsentWords()}</span>
    </a>
  );
}

/** A colleague relies on it: said on every screen until it is delivered. */
function Carrying() {
  const n = carriedOps.value;
  if (n === 0) return null;
  return (
    <a class="frame-carrying" href={STATUS}>
      <Icon svg={phone} />
      <span>{t("frame.carrying", { n })}</span>
    </a>
  );
}

/** "2 osända", "2 osända, 1 foto", "1 foto osänt"; empty when all is sent. */
function unsentWords(): string {
  const n = unsentCount.value;
  const photos = unsentPhotos.value;
  const text = n > 0 ? t("frame.unsent", { n }) : "";
  if (photos === 0) return text;
  return n > 0 ? `${text}, ${t("observation.photos", { n: photos })}` : t("frame.photos", { n: photos });
}

/** How sending goes, as a calm line; nothing when all is well. */
function Coverage() {
  const { problem, online } = syncState.value;
  const words = coverageWords(online ? problem : "offline");
  return (
    <p class="coverage" role="status">
      {words}
    </p>
  );
}

export function coverageWords(problem: string | null): string {
  if (problem === "offline") return t("frame.offline");
  if (problem === "server") return t("frame.server");
  if (problem === "not-lykta") return t("frame.notLykta");
  if (problem === "old-app") return t("frame.oldApp");
  return "";
}

const loadDialed = async () => ({ default: (await import("./rest")).DialStrip });

/** "Ringde du?" comes back wherever the host is. */
export function Dialed() {
  if (!drafts.value.some(isDialed)) return null;
  return <Lazy load={loadDialed} props={{}} loading="" failed="" quiet />;
}

/** Where a form hides the tabs. On the alarm's own screens it would lead nowhere. */
function AlarmLink() {
  if (route.value.path[0] === "larm") return null;
  return (
    <a class="button quiet only-icon frame-alarm" href={ALARM} aria-label={t("nav.alarm")}>
      <Icon svg={siren} />
    </a>
  );
}

/** On every screen: the shift, what is unsent, calls for help going on, and what needs attention. */
export function Frame() {
  return (
    <header class="frame">
      <div class="frame-line">
        <a class="frame-shift" href={HOME}>
          {shiftWords()}
        </a>
        <Unsent />
        {isForm(route.value) ? <AlarmLink /> : null}
      </div>
      <Coverage />
      <Carrying />
      <AlertStrip />
      <Dialed />
      <OpenStrip />
      <Notices />
    </header>
  );
}

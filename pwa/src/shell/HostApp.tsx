import { useEffect } from "preact/hooks";
import { kindOf } from "../checkin/kinds";
import { CheckinScreen } from "../checkin/Screen";
import { ObservationScreen } from "../observation/Screen";
import { areDraftsRead } from "../outbox/drafts";
import { timeOf } from "../store/idtime";
import { t } from "../text";
import { Loading, type Route, route } from "../ui";
import { CALL, HOME, LOG, MAP } from "../ui/routes";
import { Frame } from "./Frame";
import { isForm } from "./forms";
import { HomeScreen } from "./HomeScreen";
import { Lazy } from "./Lazy";
import { LogScreen } from "./log/LogScreen";
import { Navigation } from "./Navigation";

const loadSettings = () => import("./SettingsScreen");
const loadShow = () => import("./courier/ShowScreen");
const loadRead = () => import("./courier/ReadScreen");
const loadOwn = () => import("./own/OwnScreen");
const loadNotices = () => import("./notify/NoticesScreen");
const rest = () => import("./rest");
const loadMap = async () => (await rest()).loadHostMap();
const loadStatus = async () => ({ default: (await rest()).StatusScreen });
const loadEntry = async () => ({ default: (await rest()).EntryScreen });
/** The shift knows nothing of the phone's storage: the shell hands in what it found. */
async function loadStart() {
  const { StartScreen, StartFindings } = await rest();
  return { default: ({ id }: { id: string }) => <StartScreen id={id} check={<StartFindings />} /> };
}
const loadEnd = async () => ({ default: (await rest()).EndScreen });
const loadEnded = async () => ({ default: (await rest()).EndedScreen });
const loadLogCall = async () => ({ default: (await rest()).LogCallScreen });
const loadAlarm = async () => ({ default: (await rest()).AlertScreen });
const loadOneAlarm = async () => ({ default: (await rest()).OneAlertScreen });
const loadAdvice = async () => ({ default: (await rest()).Advice });
const loadAttempt = async () => ({ default: (await rest()).AttemptScreen });
const loadCall = async () => ({ default: (await rest()).CallScreen });
const loadCard = async () => ({ default: (await rest()).SpeakingCard });
const loadHandover = async () => ({ default: (await rest()).HandoverScreen });
const loadEscalation = async () => ({ default: (await rest()).EscalationScreen });

const WARM_AFTER_MS = 2_000;
const words = () => ({ loading: t("ui.loading"), failed: t("app.failed") });

// A key says which screen it is, too: a form and what it made have one id, and by that alone the form would stay.
function Field({ path, query }: Route) {
  const [, second, id = ""] = path;
  if (second === "starta") return <Lazy key={`start-${id}`} load={loadStart} props={{ id }} {...words()} />;
  if (second === "avsluta")
    return <Lazy key={`end-${id}`} load={loadEnd} props={{ id, shiftId: query.get("pass") }} {...words()} />;
  if (second === "klart") return <Lazy key={`ended-${id}`} load={loadEnded} props={{ id }} {...words()} />;
  if (second === "installningar") return <Lazy key="settings" load={loadSettings} props={{}} {...words()} />;
  if (second === "karta")
    return (
      <Lazy key="map" load={loadMap} props={{}} loading={t("app.map.loading")} failed={t("app.map.failed")} />
    );
  return <HomeScreen />;
}

/** Even an app that has lost a part of itself can ring. */
export const canStillRing = () => (
  <>
    {t("app.failed")} <a href="tel:112">{t("call.112")}</a>
  </>
);

function Call({ path, query }: Route) {
  const [, second, id = ""] = path;
  const target = query.get("till") ?? "";
  if (second === undefined)
    return <Lazy key="call" load={loadCall} props={{}} loading={t("ui.loading")} failed={canStillRing()} />;
  if (second === "kort")
    return (
      <Lazy
        key={`card-${id}`}
        load={loadCard}
        props={{
          id,
          service: query.get("tjanst"),
          contact: query.get("kontakt"),
          target: query.get("till"),
          about: query.get("om"),
        }}
        loading={t("ui.loading")}
        failed={canStillRing()}
      />
    );
  if (second === "overlamning")
    return <Lazy key={`handover-${id}`} load={loadHandover} props={{ id }} {...words()} />;
  if (second === "logga")
    return (
      <Lazy
        key={`log-${id}`}
        load={loadLogCall}
        props={{ id, service: query.get("tjanst") ?? "" }}
        {...words()}
      />
    );
  if (second === "forsok")
    return (
      <Lazy
        key={`attempt-${id}`}
        load={loadAttempt}
        props={{ id, target, after: query.get("efter") }}
        {...words()}
      />
    );
  return <Lazy key={`call-${second}`} load={loadEscalation} props={{ id: second }} {...words()} />;
}

/**
 * A form from before this page may lie in the phone: until that is read, it would begin empty, over its own words. What
 * calls for help waits for nothing.
 */
function isUnread({ path }: Route): boolean {
  const made_ms = timeOf(path.at(-1) ?? "");
  return (
    path[0] !== "larm" &&
    path[0] !== "ring" &&
    !areDraftsRead.value &&
    made_ms !== null &&
    made_ms < performance.timeOrigin
  );
}

export function Screen(at: Route) {
  const [first, id] = at.path;
  if (isUnread(at)) return <Loading what={t("frame.reading")} />;
  if (first === "observation" && id)
    return <ObservationScreen key={id} id={id} target={at.query.get("ratta")} />;
  if (first === "incheckning" && id)
    return <CheckinScreen key={id} id={id} kind={kindOf(at.query.get("typ"))} />;
  if (first === "logg" && id)
    return <Lazy key={`entry-${id}`} load={loadEntry} props={{ id }} {...words()} />;
  if (first === "logg") return <LogScreen />;
  if (first === "ring") return <Call {...at} />;
  if (first === "larm" && id)
    return <Lazy key={`alarm-${id}`} load={loadOneAlarm} props={{ id }} {...words()} />;
  if (first === "larm") return <Lazy key="alarm" load={loadAlarm} props={{}} {...words()} />;
  if (first === "rad") return <Lazy key="advice" load={loadAdvice} props={{}} {...words()} />;
  if (first === "telefonen" && id === "visa")
    return <Lazy key="show" load={loadShow} props={{}} {...words()} />;
  if (first === "telefonen" && id === "las")
    return <Lazy key="read" load={loadRead} props={{}} {...words()} />;
  if (first === "telefonen" && id === "aviseringar")
    return <Lazy key="notices" load={loadNotices} props={{}} {...words()} />;
  if (first === "telefonen" && id === "uppgifter")
    return <Lazy key="own" load={loadOwn} props={{}} {...words()} />;
  if (first === "telefonen") return <Lazy key="status" load={loadStatus} props={{}} {...words()} />;
  return <Field {...at} />;
}

function tabOf({ path: [first, second] }: Route): string {
  if (first === "logg") return LOG;
  if (first === "ring" || first === "rad") return CALL;
  if (first === "falt" && second === "karta") return MAP;
  return first === "telefonen" || second === "installningar" ? "" : HOME;
}

/** Into memory while nobody waits: what is open then no longer depends on what the browser keeps. */
function warm(): () => void {
  let ends: readonly (() => void)[] = [];
  let isGone = false;
  const begin = ({ startReminders, followAlarms }: Awaited<ReturnType<typeof rest>>) => {
    if (!isGone) ends = [startReminders(), followAlarms()];
  };
  const timer = setTimeout(() => void rest().then(begin, () => undefined), WARM_AFTER_MS);
  return () => {
    isGone = true;
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

export function HostApp({ hasDesk }: { hasDesk: boolean }) {
  const at = route.value;
  useEffect(warm, []);
  return (
    <div class="host">
      <Frame />
      <div class="host-screen">
        <Screen {...at} />
      </div>
      {isForm(at) ? null : <Navigation current={tabOf(at)} hasDesk={hasDesk} />}
    </div>
  );
}

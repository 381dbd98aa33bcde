import { kindOf } from "../checkin/kinds";
import { CheckinScreen } from "../checkin/Screen";
import { AttemptScreen } from "../escalation/AttemptScreen";
import { CallScreen } from "../escalation/CallScreen";
import { EscalationScreen } from "../escalation/EscalationScreen";
import { LogCallScreen } from "../escalation/LogCallScreen";
import { ObservationScreen } from "../observation/Screen";
import { EndedScreen } from "../shift/EndedScreen";
import { EndScreen } from "../shift/EndScreen";
import { StartScreen } from "../shift/StartScreen";
import { t } from "../text";
import { type Route, route } from "../ui";
import { CALL, HOME, LOG, MAP } from "../ui/routes";
import { Frame } from "./Frame";
import { HomeScreen } from "./HomeScreen";
import { Lazy } from "./Lazy";
import { EntryScreen } from "./log/EntryScreen";
import { LogScreen } from "./log/LogScreen";
import { Navigation } from "./Navigation";
import { StatusScreen } from "./StatusScreen";

const loadSettings = () => import("./SettingsScreen");
const loadMap = () => import("../map/MapScreen");

function Field({ path, query }: Route) {
  const [, second, id = ""] = path;
  if (second === "starta") return <StartScreen key={id} id={id} />;
  if (second === "avsluta") return <EndScreen key={id} id={id} shiftId={query.get("pass")} />;
  if (second === "klart") return <EndedScreen id={id} />;
  if (second === "installningar")
    return (
      <Lazy
        key="settings"
        load={loadSettings}
        props={{}}
        loading={t("ui.loading")}
        failed={t("app.failed")}
      />
    );
  if (second === "karta")
    return (
      <Lazy key="map" load={loadMap} props={{}} loading={t("app.map.loading")} failed={t("app.map.failed")} />
    );
  return <HomeScreen />;
}

function Call({ path, query }: Route) {
  const [, second, id = ""] = path;
  if (second === "logga") return <LogCallScreen key={id} id={id} service={query.get("tjanst") ?? ""} />;
  if (second === "forsok")
    return <AttemptScreen key={id} id={id} target={query.get("till") ?? ""} after={query.get("efter")} />;
  return second ? <EscalationScreen key={second} id={second} /> : <CallScreen />;
}

function Screen(at: Route) {
  const [first, id] = at.path;
  if (first === "observation" && id)
    return <ObservationScreen key={id} id={id} target={at.query.get("ratta")} />;
  if (first === "incheckning" && id)
    return <CheckinScreen key={id} id={id} kind={kindOf(at.query.get("typ"))} />;
  if (first === "logg") return id ? <EntryScreen key={id} id={id} /> : <LogScreen />;
  if (first === "ring") return <Call {...at} />;
  if (first === "telefonen") return <StatusScreen />;
  return <Field {...at} />;
}

/** A form fills the screen: no tabs below it to hit by mistake. */
export function isForm({ path: [first, second] }: Route): boolean {
  if (first === "observation" || first === "incheckning") return true;
  if (first === "falt") return second === "starta" || second === "avsluta";
  return first === "ring" && (second === "logga" || second === "forsok");
}

function tabOf({ path: [first, second] }: Route): string {
  if (first === "logg") return LOG;
  if (first === "ring") return CALL;
  if (first === "falt" && second === "karta") return MAP;
  return first === "telefonen" || second === "installningar" ? "" : HOME;
}

export function HostApp({ hasDesk }: { hasDesk: boolean }) {
  const at = route.value;
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

import { useLayoutEffect } from "preact/hooks";
import "../styles/index.css";
import { me } from "../store/state";
import { lockState } from "../store/vault";
import { t } from "../text";
import { route } from "../ui";
import { HOST_WORDS } from "../ui/routes";
import { begin } from "./begin";
import { canStillRing, HostApp } from "./HostApp";
import { Lazy } from "./Lazy";
import { hasDesk } from "./roles";
import { UpdateHint } from "./UpdateHint";

const loadLocked = async () => ({ default: (await import("./lock/LockedApp")).LockedApp });
const loadWelcome = () => import("./Welcome");
const loadAlarm = async () => ({ default: (await import("./rest")).AlertScreen });
const loadSignIn = async () => ({ default: (await import("./SignIn")).SignIn });

/** The desk knows nothing of signing out, nor of versions: the shell hands them in. */
async function loadDesk() {
  const [{ default: Desk }, { Account }] = await Promise.all([import("../review/Desk"), import("./Account")]);
  return { default: () => <Desk account={<Account isAtDesk />} news={<UpdateHint />} /> };
}

/** Which of the app's faces: the way in, the host's app, or the desk. */
export function App() {
  useLayoutEffect(begin, []);
  const [first = "", second = ""] = route.value.path;
  const user = me.value;
  if (first === "valkommen" && second !== "")
    return (
      <Lazy
        key="in"
        load={loadWelcome}
        props={{ code: second }}
        loading={t("ui.loading")}
        failed={t("app.failed")}
      />
    );
  if (lockState.value === "locked")
    return (
      <Lazy key="locked" load={loadLocked} props={{}} loading={t("ui.loading")} failed={canStillRing()} />
    );
  // Nobody is signed in: Lykta cannot raise an alarm then, but the numbers are there.
  if (user === null && first === "larm")
    return (
      <Lazy key="alarm" load={loadAlarm} props={{}} loading={t("ui.loading")} failed={t("app.failed")} />
    );
  if (user === null || first === "logga-in")
    return (
      <Lazy key="sign-in" load={loadSignIn} props={{}} loading={t("ui.loading")} failed={t("app.failed")} />
    );
  const isAtDesk = hasDesk(user.role);
  if (!isAtDesk || HOST_WORDS.has(first)) return <HostApp hasDesk={isAtDesk} />;
  // By person: what one has open is gone when another tab has signed in the next.
  return (
    <Lazy
      key={`desk ${user.id}`}
      load={loadDesk}
      props={{}}
      loading={t("app.desk.loading")}
      failed={t("app.failed")}
    />
  );
}

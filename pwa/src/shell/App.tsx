import { useLayoutEffect } from "preact/hooks";
import "../styles/index.css";
import { me } from "../store/state";
import { t } from "../text";
import { route } from "../ui";
import { HOST_WORDS } from "../ui/routes";
import { Account } from "./Account";
import { begin } from "./begin";
import { HostApp } from "./HostApp";
import { Lazy } from "./Lazy";
import { SignIn } from "./SignIn";
import { Welcome } from "./Welcome";

const AT_DESK = new Set(["supervisor", "admin"]);

const loadDesk = () => import("../review/Desk");

/** Which of the app's faces: the way in, the host's app, or the desk. */
export function App() {
  useLayoutEffect(begin, []);
  const [first = "", second = ""] = route.value.path;
  const user = me.value;
  if (first === "valkommen" && second !== "") return <Welcome key={second} code={second} />;
  if (user === null || first === "logga-in") return <SignIn />;
  const hasDesk = AT_DESK.has(user.role);
  if (!hasDesk || HOST_WORDS.has(first)) return <HostApp hasDesk={hasDesk} />;
  return (
    <Lazy
      load={loadDesk}
      props={{ account: <Account /> }}
      loading={t("app.desk.loading")}
      failed={t("app.failed")}
    />
  );
}

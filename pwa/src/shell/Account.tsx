import { useState } from "preact/hooks";
import { goesOut } from "../shift/partners";
import { me, unsentCount } from "../store/state";
import { t } from "../text";
import { tn } from "../text/notify";
import { to } from "../text/own";
import { Button, go, LinkButton, Sheet } from "../ui";
import { HOME, NOTICES, OWN_DATA, STATUS } from "../ui/routes";
import { OwnPassword } from "./OwnPassword";
import { useOrganisation } from "./organisation";
import { roleName } from "./roles";
import { signOut } from "./session";

/** Who is signed in here, and how to leave or hand the phone over. What is unsent stays and is sent anyway. */
export function Account({ isAtDesk = false }: { isAtDesk?: boolean }) {
  const [isLeaving, setLeaving] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const user = me.value;
  const organisation = useOrganisation();
  if (!user) return null;
  const leave = () => {
    setBusy(true);
    // The next one begins at the start, not at this one's settings.
    void signOut()
      .then(() => go("#/", { replace: true }))
      .catch(() => setBusy(false));
  };
  return (
    <div class="stack">
      <div>
        <p>{t("settings.who", { name: user.name })}</p>
        <p class="quiet-words">
          {[user.username, roleName(user.role), organisation].filter(Boolean).join(" · ")}
        </p>
      </div>
      <div class="row equal">
        <Button onPress={() => setLeaving(true)}>{t("settings.change")}</Button>
        <Button onPress={() => setLeaving(true)}>{t("settings.signOut")}</Button>
      </div>
      <div class="row">
        <OwnPassword />
        {isAtDesk ? (
          <>
            {goesOut(user.role) ? (
              <LinkButton tone="quiet" href={HOME}>
                {t("nav.host")}
              </LinkButton>
            ) : null}
            <LinkButton tone="quiet" href={NOTICES}>
              {tn("title")}
            </LinkButton>
          </>
        ) : null}
        <LinkButton tone="quiet" href={STATUS}>
          {t("status.title")}
        </LinkButton>
        <LinkButton tone="quiet" href={OWN_DATA}>
          {to("title")}
        </LinkButton>
      </div>
      {isLeaving ? (
        <Sheet title={t("settings.signOut")} onClose={() => setLeaving(false)}>
          <p>
            {unsentCount.value > 0
              ? t("settings.leave.unsent", { n: unsentCount.value })
              : t("settings.leave")}
          </p>
          <div class="row equal">
            <Button onPress={() => setLeaving(false)}>{t("ui.cancel")}</Button>
            <Button tone="main" busy={isBusy} onPress={leave}>
              {t("settings.signOut")}
            </Button>
          </div>
        </Sheet>
      ) : null}
    </div>
  );
}

import { drafts } from "../outbox";
import { acknowledgeLoss } from "../store/health";
import { me, storageHealth } from "../store/state";
import type { StorageHealth } from "../store/types";
import { syncState } from "../sync";
import { t } from "../text";
import { Banner, Button, LinkButton, route } from "../ui";
import { SIGN_IN } from "../ui/routes";

const TROUBLE: Record<NonNullable<StorageHealth["problem"]>, () => string> = {
  "open-failed": () => t("notice.openFailed"),
  "write-failed": () => t("notice.writeFailed"),
  private: () => t("notice.private"),
  lost: () => t("notice.lost"),
};

export function storageWords(problem: StorageHealth["problem"]): string {
  return problem === null ? "" : TROUBLE[problem]();
}

/** What needs the host's attention but never stops recording. */
export function Notices() {
  const { problem } = storageHealth.value;
  const { revoked } = syncState.value;
  const isSignInNeeded = syncState.value.problem === "signin" && me.value !== null;
  return (
    <>
      {revoked ? (
        <Banner tone="note">
          {t("notice.revoked")}
          {drafts.value.length > 0 ? ` ${t("notice.revoked.begun")}` : null}
        </Banner>
      ) : null}
      {isSignInNeeded && route.value.path[0] !== "logga-in" ? (
        <Banner tone="note" action={<LinkButton href={SIGN_IN}>{t("signin.act")}</LinkButton>}>
          {t("notice.signin")}
        </Banner>
      ) : null}
      {problem ? (
        <Banner
          tone="danger"
          action={
            problem === "lost" ? (
              <Button onPress={() => void acknowledgeLoss()}>{t("notice.lost.read")}</Button>
            ) : undefined
          }
        >
          {storageWords(problem)}
        </Banner>
      ) : null}
    </>
  );
}

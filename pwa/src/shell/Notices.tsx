import { drafts } from "../outbox";
import { storageBlocked } from "../store/db";
import { acknowledgeLoss } from "../store/health";
import { me, storageHealth } from "../store/state";
import type { Lost, StorageHealth } from "../store/types";
import { syncState } from "../sync";
import { t, timeNear } from "../text";
import { Banner, Button, LinkButton, route } from "../ui";
import { now_ms } from "../ui/now";
import { SIGN_IN } from "../ui/routes";

const TROUBLE: Record<NonNullable<StorageHealth["problem"]>, () => string> = {
  "open-failed": () => (storageBlocked.value ? t("notice.blocked") : t("notice.openFailed")),
  "write-failed": () => t("notice.writeFailed"),
  full: () => t("notice.full"),
  private: () => t("notice.private"),
  lost: () => [t("notice.lost"), ...lostWords(storageHealth.value.lost)].join(" "),
};

function lostWords(lost: Lost | null): string[] {
  if (lost === null) return [];
  const { heard, back } = lost;
  const time = heard === null ? "" : timeNear(heard.at, now_ms.value);
  const known =
    heard === null
      ? []
      : heard.pending === 0
        ? [t("notice.lost.none", { time })]
        : [t("notice.lost.some", { n: heard.pending ?? "?", time })];
  return [...known, ...(back > 0 ? [t("notice.lost.back", { n: back })] : [])];
}

export function storageWords(problem: StorageHealth["problem"]): string {
  return problem === null ? "" : TROUBLE[problem]();
}

function Remedy({ problem }: { problem: StorageHealth["problem"] }) {
  if (problem === "lost")
    return <Button onPress={() => void acknowledgeLoss()}>{t("notice.lost.read")}</Button>;
  // A fresh page has opened what an old one could not; what is in the journal is there again after it.
  if (problem === "open-failed")
    return <Button onPress={() => globalThis.location.reload()}>{t("notice.reload")}</Button>;
  return null;
}

/** What the phone's storage cannot do, with what still works. */
export function StorageNotice() {
  const { problem } = storageHealth.value;
  if (problem === null) return null;
  return (
    <Banner tone="danger" action={<Remedy problem={problem} />}>
      {storageWords(problem)}
    </Banner>
  );
}

/** What needs the host's attention but never stops recording. */
export function Notices() {
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
      <StorageNotice />
    </>
  );
}

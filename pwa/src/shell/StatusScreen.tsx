import { useEffect, useState } from "preact/hooks";
import { applyUpdate, updateReady } from "../device/update";
import { drafts } from "../outbox";
import { measureStorage } from "../store/health";
import { ensureInstall } from "../store/ops";
import { ownOps, storageHealth, unsentCount, unsentOthers } from "../store/state";
import { syncNow, syncState } from "../sync";
import { bytes, t, timeNear } from "../text";
import { Banner, Button, Page, Section } from "../ui";
import { now_ms } from "../ui/now";
import { HOME } from "../ui/routes";
import { coverageWords } from "./Frame";
import { storageWords } from "./Notices";

const INSTALL_SHOWN = 8;

function Facts({ rows }: { rows: readonly [string, string][] }) {
  return (
    <dl class="facts">
      {rows.map(([label, said]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}

const near = (iso: string | null) => (iso === null ? t("status.never") : timeNear(iso, now_ms.value));

function phaseWords(): string {
  const { phase, problem, online } = syncState.value;
  if (phase === "pushing") return t("status.pushing");
  if (phase === "pulling") return t("status.pulling");
  const trouble = problem === "signin" ? t("notice.signin") : coverageWords(online ? problem : "offline");
  if (trouble) return trouble;
  return unsentCount.value > 0 ? t("status.waiting") : t("frame.allSent");
}

function Sending() {
  const [isTrying, setTrying] = useState(false);
  const oldest = ownOps.value.find((op) => op.sync.state !== "acked");
  const stuck = ownOps.value.filter((op) => op.sync.state === "stuck").length;
  const others = unsentOthers.value;
  const rows: [string, string][] = [
    [t("status.state"), phaseWords()],
    [t("status.unsent.own"), String(unsentCount.value - others)],
    [t("status.unsent.others"), String(others)],
    [t("status.oldest"), oldest ? near(oldest.wall) : t("status.none")],
    [t("status.lastOk"), near(syncState.value.lastOkAt)],
    [
      t("status.nextTry"),
      syncState.value.nextTryAt === null ? t("status.none") : near(syncState.value.nextTryAt),
    ],
  ];
  const tryNow = () => {
    setTrying(true);
    void syncNow()
      .catch(() => undefined)
      .finally(() => setTrying(false));
  };
  return (
    <Section title={t("status.sending")}>
      <Facts rows={rows} />
      {stuck > 0 ? <Banner tone="danger">{t("status.stuck", { n: stuck })}</Banner> : null}
      <Button tone="main" wide busy={isTrying} onPress={tryNow}>
        {isTrying ? t("status.trying") : t("status.try")}
      </Button>
    </Section>
  );
}

function Storage() {
  const { persisted, quotaBytes, usedBytes, problem } = storageHealth.value;
  const kept =
    persisted === null ? t("status.kept.unknown") : persisted ? t("status.kept.yes") : t("status.kept.no");
  const room =
    quotaBytes === null
      ? t("status.unknown")
      : t("status.room.of", { used: bytes(usedBytes ?? 0), all: bytes(quotaBytes) });
  return (
    <Section title={t("status.phone")}>
      {problem ? <Banner tone="danger">{storageWords(problem)}</Banner> : null}
      <Facts
        rows={[
          [t("status.kept"), kept],
          [t("status.room"), room],
        ]}
      />
    </Section>
  );
}

function Version() {
  const [install, setInstall] = useState("");
  useEffect(() => {
    ensureInstall().then(
      ({ id }) => setInstall(id.slice(0, INSTALL_SHOWN)),
      () => setInstall(""),
    );
  }, []);
  return (
    <Section title={t("status.app")}>
      <Facts
        rows={[
          [t("status.version"), __BUILD__],
          [t("status.install"), install || t("status.unknown")],
        ]}
      />
      {updateReady.value ? (
        <Button wide disabled={drafts.value.length > 0} onPress={() => void applyUpdate()}>
          {t("status.update")}
        </Button>
      ) : null}
      {updateReady.value && drafts.value.length > 0 ? (
        <p class="quiet-words">{t("status.update.held")}</p>
      ) : null}
    </Section>
  );
}

/** "Telefonen och synken": everything about keeping and sending, in words and without blame. */
export function StatusScreen() {
  useEffect(() => void measureStorage().catch(() => undefined), []);
  return (
    <Page title={t("status.title")} back={HOME}>
      <Sending />
      <Storage />
      <Version />
    </Page>
  );
}

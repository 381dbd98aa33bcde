import { useEffect, useState } from "preact/hooks";
import { applyUpdate, updateReady } from "../../device/update";
import { drafts } from "../../outbox";
import { measureStorage } from "../../store/health";
import { ensureInstall } from "../../store/ops";
import { unsentPhotos } from "../../store/photos";
import { ownOps, storageHealth, unsentCount, unsentOthers } from "../../store/state";
import { tryWriting } from "../../store/trial";
import { syncNow, syncState } from "../../sync";
import { bytes, list, t, timeNear } from "../../text";
import { ta } from "../../text/aside";
import { Banner, Button, Page, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { HOME } from "../../ui/routes";
import { coverageWords, nothingUnsentWords } from "../Frame";
import { storageWords } from "../Notices";
import { CheckRecords } from "./CheckRecords";
import { Courier } from "./Courier";
import { Facts } from "./Facts";
import { SaveCopy } from "./SaveCopy";
import { StoreFindings } from "./StoreFindings";

const INSTALL_SHOWN = 8;

const near = (iso: string | null) => (iso === null ? ta("never") : timeNear(iso, now_ms.value));

function phaseWords(): string {
  const { phase, problem, online } = syncState.value;
  if (phase === "pushing") return ta("pushing");
  if (phase === "pulling") return ta("pulling");
  const trouble = problem === "signin" ? t("notice.signin") : coverageWords(online ? problem : "offline");
  if (trouble) return trouble;
  const left = unsentCount.value + unsentPhotos.value;
  return left > 0 ? ta("waiting") : nothingUnsentWords();
}

/** "2 poster och 1 foto kvar att skicka." */
function leftWords(): string {
  const posts = unsentCount.value > 0 ? ta("left_posts", { n: unsentCount.value }) : "";
  const photos = unsentPhotos.value > 0 ? t("observation.photos", { n: unsentPhotos.value }) : "";
  const parts = [posts, photos].filter((words) => words !== "");
  return parts.length === 0 ? "" : ta("left", { what: list(parts) });
}

function Sending() {
  const [isTrying, setTrying] = useState(false);
  const oldest = ownOps.value.find((op) => op.sync.state !== "acked");
  const stuck = ownOps.value.filter((op) => op.sync.state === "stuck").length;
  const others = unsentOthers.value;
  const rows: [string, string][] = [
    [ta("state"), phaseWords()],
    [ta("unsent_own"), String(unsentCount.value - others)],
    [ta("unsent_others"), String(others)],
    [ta("unsent_photos"), String(unsentPhotos.value)],
    [ta("oldest"), oldest ? near(oldest.wall) : ta("none")],
    [ta("lastOk"), near(syncState.value.lastOkAt)],
    [ta("nextTry"), syncState.value.nextTryAt === null ? ta("none") : near(syncState.value.nextTryAt)],
  ];
  const tryNow = () => {
    setTrying(true);
    void syncNow()
      .catch(() => undefined)
      .finally(() => setTrying(false));
  };
  return (
    <Section title={ta("sending")}>
      <Facts rows={rows} />
      <p class="quiet-words">{leftWords()}</p>
      {stuck > 0 ? <Banner tone="danger">{ta("stuck", { n: stuck })}</Banner> : null}
      <Button tone="main" wide busy={isTrying} onPress={tryNow}>
        {isTrying ? ta("trying") : ta("try")}
      </Button>
    </Section>
  );
}

function Storage() {
  const { persisted, quotaBytes, usedBytes, problem, canWrite } = storageHealth.value;
  const kept = persisted === null ? ta("kept_unknown") : persisted ? ta("kept_yes") : ta("kept_no");
  const room =
    quotaBytes === null
      ? ta("unknown")
      : ta("room_of", { used: bytes(usedBytes ?? 0), all: bytes(quotaBytes) });
  return (
    <Section title={ta("phone")}>
      {problem ? <Banner tone="danger">{storageWords(problem)}</Banner> : null}
      <StoreFindings />
      <Facts
        rows={[
          [ta("kept"), kept],
          [ta("room"), room],
          [ta("trial"), canWrite === null ? ta("unknown") : canWrite ? ta("trial_yes") : ta("trial_no")],
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
    <Section title={ta("app")}>
      <Facts
        rows={[
          [ta("version"), __BUILD__],
          [ta("install"), install || ta("unknown")],
        ]}
      />
      {updateReady.value ? (
        <Button wide disabled={drafts.value.length > 0} onPress={() => void applyUpdate()}>
          {ta("update")}
        </Button>
      ) : null}
      {updateReady.value && drafts.value.length > 0 ? <p class="quiet-words">{ta("update_held")}</p> : null}
    </Section>
  );
}

/** "Telefonen och synken": everything about keeping and sending, in words and without blame. */
export function StatusScreen() {
  useEffect(() => void measureStorage().then(tryWriting), []);
  return (
    <Page title={t("status.title")} back={HOME}>
      <Sending />
      <CheckRecords />
      <Storage />
      <SaveCopy />
      <Courier />
      <Version />
    </Page>
  );
}

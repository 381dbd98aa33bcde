import plus from "lucide-static/icons/plus.svg?raw";
import gear from "lucide-static/icons/settings.svg?raw";
import { AfterTap, NextDue, OkButton, OtherCheckins } from "../checkin/CheckinPanel";
import { JustSaved } from "../observation/HeldActs";
import { newId } from "../outbox";
import { shortNames } from "../shift/partners";
import { CrewLine, NoShift, ShiftEndActs } from "../shift/ShiftActs";
import { current } from "../shift/state";
import type { ShiftView } from "../shift/view";
import { isReading, me } from "../store/state";
import { t } from "../text";
import { Button, go, Icon, LinkButton, Page, Section } from "../ui";
import { ADVICE, observation, SETTINGS } from "../ui/routes";
import { Begun } from "./Begun";
import { InstallHint } from "./InstallHint";
import { Lazy } from "./Lazy";
import { LogList } from "./log/LogList";
import { logEntries } from "./log/state";
import { UpdateHint } from "./UpdateHint";

const LATEST = 3;

const loadTonight = async () => ({ default: (await import("./rest")).Tonight });

/** Says nothing while it is on its way, nor where it cannot be had: it is told again at the next start. */
function TonightSoon() {
  return <Lazy load={loadTonight} props={{}} loading="" failed="" quiet />;
}

function Observe() {
  return (
    <Button large wide icon={plus} onPress={() => go(observation(newId()))}>
      {t("observation.name")}
    </Button>
  );
}

/** What a host does most, at the thumb: nothing that loads later may push it away. */
function MainActs() {
  return (
    <>
      <JustSaved onlyLast />
      <AfterTap />
      <div class="main-acts">
        <OkButton />
        <Observe />
      </div>
    </>
  );
}

function OnShift({ shift }: { shift: ShiftView }) {
  return (
    <>
      <NextDue />
      <OtherCheckins />
      <TonightSoon />
      <Begun />
      <Latest />
      <ShiftEndActs shift={shift} />
    </>
  );
}

/** What can still be had back is offered beside the main acts, where it is seen. */
function Latest() {
  const latest = logEntries.value.slice(0, LATEST);
  if (latest.length === 0) return null;
  return (
    <Section title={t("home.latest")}>
      <LogList entries={latest} isPlain />
    </Section>
  );
}

/** The start: one look says how it stands, and everything usual is one tap away. */
export function HomeScreen() {
  const shift = current.value;
  const name = me.value?.name ?? "";
  return (
    <Page
      title={t("nav.shift")}
      heading={shift ? <CrewLine shift={shift} /> : t("home.hello", { name: shortNames([name]).join() })}
      footer={shift ? <MainActs /> : null}
      action={
        <a class="button quiet only-icon" href={SETTINGS} aria-label={t("settings.title")}>
          <Icon svg={gear} />
        </a>
      }
    >
      {shift ? (
        <OnShift shift={shift} />
      ) : (
        <>
          {isReading.value ? <p role="status">{t("home.reading")}</p> : <NoShift />}
          <Observe />
          <JustSaved onlyLast />
          <TonightSoon />
          <Begun />
          <InstallHint />
          <Latest />
        </>
      )}
      <LinkButton tone="quiet" wide href={ADVICE}>
        {t("home.advice")}
      </LinkButton>
      <UpdateHint />
    </Page>
  );
}

import { useEffect, useState } from "preact/hooks";
import { me } from "../../store/state";
import { tn } from "../../text/notify";
import { Banner, Button, Page, Section } from "../../ui";
import { DESK, SETTINGS } from "../../ui/routes";
import { hasDesk } from "../roles";
import { Facts } from "../status/Facts";
import { type Channels, readChannels } from "./ask";
import { type NoticeState, noticeState, readNotices, type Trouble, turnOff, turnOn } from "./subscription";
import { Trial } from "./Trial";

const WORDS: Record<NoticeState, () => [state: string, about: string]> = {
  on: () => [tn("on"), tn("on_about")],
  lost: () => [tn("lost"), tn("lost_about")],
  off: () => [tn("off"), tn("off_about")],
  denied: () => [tn("denied"), tn("denied_about")],
  "home-screen": () => [tn("home_screen"), tn("home_screen_about")],
  unable: () => [tn("unable"), tn("unable_about")],
};

const TROUBLE: Record<Trouble, () => string> = {
  offline: () => tn("trouble_offline"),
  "push-service": () => tn("trouble_push_service"),
  "switched-off": () => tn("trouble_switched_off"),
  server: () => tn("trouble_server"),
};

function Here() {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const state = noticeState.value;
  if (state === null) return <p class="quiet-words">{tn("reading")}</p>;
  const act = (work: () => Promise<Trouble | null>) => {
    setBusy(true);
    setTrouble(null);
    void work()
      .then(setTrouble, () => setTrouble("server"))
      .finally(() => setBusy(false));
  };
  const [words, about] = WORDS[state]();
  const off = () => act(() => turnOff().then(() => null));
  return (
    <>
      <Facts rows={[[tn("state"), words]]} />
      <p class="quiet-words">{about}</p>
      {trouble ? <Banner tone="note">{TROUBLE[trouble]()}</Banner> : null}
      {state === "off" || state === "lost" ? (
        <Button tone="main" wide busy={isBusy} onPress={() => act(turnOn)}>
          {isBusy ? tn("turningOn") : state === "lost" ? tn("turnOn_again") : tn("turnOn")}
        </Button>
      ) : null}
      {state === "on" || state === "lost" ? (
        <Button wide busy={isBusy} onPress={off}>
          {tn("turnOff")}
        </Button>
      ) : null}
    </>
  );
}

/** An address that the server does not use is said with that: nobody should count on it. */
function addressWords(address: string | null, isUsed: boolean, none: string): string {
  if (address === null) return none;
  return isUsed ? address : tn("not_used", { address });
}

function Else() {
  const [channels, setChannels] = useState<Channels | null>(null);
  useEffect(() => {
    // Without coverage they stay unknown, and are said to be.
    readChannels().then(setChannels, () => undefined);
  }, []);
  const rows: [string, string][] =
    channels === null
      ? [
          [tn("email"), tn("unknown")],
          [tn("mobile"), tn("unknown")],
        ]
      : [
          [tn("email"), addressWords(channels.email, channels.by_email, tn("none"))],
          [tn("mobile"), addressWords(channels.mobile, channels.by_sms, tn("none_mobile"))],
        ];
  return (
    <Section title={tn("else")}>
      <Facts rows={rows} />
      <p class="quiet-words">{tn("else_about")}</p>
    </Section>
  );
}

/** How I am told while the app is closed, and whether it works. */
export default function NoticesScreen() {
  useEffect(() => {
    // What was allowed or refused in the phone's own settings is seen when the host comes back from there.
    const look = () => void readNotices().catch(() => undefined);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  const back = hasDesk(me.value?.role) ? DESK : SETTINGS;
  return (
    <Page title={tn("title")} back={back}>
      <Section title={tn("here")}>
        <Here />
      </Section>
      <Else />
      <Trial />
      <p class="quiet-words">{tn("limit")}</p>
    </Page>
  );
}

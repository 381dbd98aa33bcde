import { useRef, useState } from "preact/hooks";
import { currentPosition } from "../device/position";
import { newId } from "../outbox";
import { usePosition } from "../place/usePosition";
import { me } from "../store/state";
import type { AlertKind, Position } from "../store/types";
import { tl } from "../text/alarm";
import { Banner, Button, Chips, goFromHere, Page, Section } from "../ui";
import { now_ms } from "../ui/now";
import { alarm, HOME } from "../ui/routes";
import { HoldButton } from "./HoldButton";
import { Reach } from "./Reach";
import { raise, raising } from "./raise";
import { TestLog } from "./TestLog";
import "./alert.css";

/** One id for each time the screen is entered: however often it is pressed, it is one alarm. */
function useRaise() {
  const id = useRef(newId());
  const sought = useRef<Promise<Position | null> | null>(null);
  const seek = () => {
    sought.current = currentPosition();
  };
  const act = async (kind: AlertKind, known: Position | null) => {
    if (known === null && sought.current === null) seek();
    const found = known === null ? sought.current : Promise.resolve(known);
    const mine = id.current;
    const lead = goFromHere();
    if (await raise(mine, kind, found ?? Promise.resolve(null))) {
      id.current = newId();
      lead(alarm(mine), { replace: true });
    }
  };
  return { seek, act };
}

function Raise({ kind, act, seek }: { kind: AlertKind; act: () => void; seek: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const isBusy = raising.value !== null && raising.value.phase !== "failed";
  return (
    <div class="stack raise">
      {raising.value?.phase === "failed" ? <Banner tone="danger">{tl("not_saved")}</Banner> : null}
      <HoldButton key={kind} busy={isBusy} onBegin={seek} onHeld={act}>
        {isBusy ? tl("saving") : tl("hold")}
      </HoldButton>
      {isOpen ? (
        <Button tone="danger" wide busy={isBusy} onPress={act}>
          {tl("raise_now")}
        </Button>
      ) : (
        <Button tone="quiet" onPress={() => setOpen(true)}>
          {tl("cannot_hold")}
        </Button>
      )}
    </div>
  );
}

function How() {
  return (
    <details class="card alarm-how">
      <summary>{tl("how")}</summary>
      <ul>
        <li>{tl("how_1")}</li>
        <li>{tl("how_2")}</li>
        <li>{tl("how_3")}</li>
        <li>{tl("how_4")}</li>
      </ul>
    </details>
  );
}

/** Help: the ways that need no Lykta above, the alarm at the thumb. */
export function AlertScreen() {
  const [kind, setKind] = useState<AlertKind>("help");
  const whereabouts = usePosition();
  const { seek, act } = useRaise();
  const isKnown = me.value !== null;
  const known = () => whereabouts.at(Date.now());
  return (
    <Page
      title={tl("title")}
      back={HOME}
      footer={isKnown ? <Raise kind={kind} seek={seek} act={() => void act(kind, known())} /> : undefined}
    >
      <Banner tone="note">
        <strong>{tl("not_personal")}</strong> {tl("about_112")}
      </Banner>
      {isKnown ? null : <Banner tone="danger">{tl("not_signed_in")}</Banner>}
      <Reach position={whereabouts.at(now_ms.value)} />
      {isKnown ? (
        <>
          <Chips
            legend={tl("kind")}
            choices={[
              { value: "help", label: tl("help") },
              { value: "threat", label: tl("threat") },
            ]}
            value={kind}
            onChange={(chosen) => {
              if (chosen === "help" || chosen === "threat") setKind(chosen);
            }}
          />
          <How />
          <Section title={tl("try")}>
            <p class="quiet-words">{tl("try_about")}</p>
            <Button busy={raising.value?.kind === "test"} onPress={() => void act("test", known())}>
              {tl("try_act")}
            </Button>
            <TestLog />
          </Section>
        </>
      ) : (
        <How />
      )}
    </Page>
  );
}

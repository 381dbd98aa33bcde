import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { makePasskey, offersPasskey } from "../../device/passkey";
import {
  addPasskey,
  changePin,
  lockNow,
  setMinutes,
  type TurnedOn,
  turnOff,
  turnOn,
  type Unlocked,
} from "../../outbox/lock";
import { currentLock, lockState } from "../../store/vault";
import { tk } from "../../text/lock";
import { Banner, Button, Chips, Section, SubmitButton, TextField } from "../../ui";
import { NewPin, useNewPin } from "./NewPin";
import "./lock.css";

const MINUTES_FIRST = 15;

function Form({
  act,
  busy,
  onSubmit,
  onCancel,
  children,
}: {
  act: string;
  busy: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  children: ComponentChildren;
}) {
  return (
    <form
      class="stack card"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      {children}
      <div class="row equal">
        <Button onPress={onCancel}>{tk("set.cancel")}</Button>
        <SubmitButton tone="main" busy={busy}>
          {act}
        </SubmitButton>
      </div>
    </form>
  );
}

function Minutes({ value, onChange }: { value: number; onChange: (minutes: number) => void }) {
  return (
    <Chips
      legend={tk("set.minutes")}
      choices={[
        { value: 5, label: tk("set.minutes.5") },
        { value: 15, label: tk("set.minutes.15") },
        { value: 60, label: tk("set.minutes.60") },
        { value: 0, label: tk("set.minutes.0") },
      ]}
      value={value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    />
  );
}

const ON_WORDS: Partial<Record<TurnedOn | "failed", () => string>> = {
  partly: () => tk("set.partly"),
  "no-key": () => tk("set.noKey"),
  "no-crypto": () => tk("set.noCrypto"),
  failed: () => tk("set.failed"),
};

function TurnOn({ onDone }: { onDone: (said: string) => void }) {
  const pin = useNewPin();
  const [minutes, setChosen] = useState(MINUTES_FIRST);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    if (!pin.isGood()) return;
    setBusy(true);
    const told = await turnOn(pin.value, minutes).catch((): "failed" => "failed");
    onDone(ON_WORDS[told]?.() ?? "");
  };
  return (
    <Form
      act={isBusy ? tk("set.saving") : tk("set.save")}
      busy={isBusy}
      onSubmit={() => void submit()}
      onCancel={() => onDone("")}
    >
      <NewPin label={tk("set.pin")} pin={pin} />
      <Minutes value={minutes} onChange={setChosen} />
      <p class="quiet-words">{tk("set.protects")}</p>
    </Form>
  );
}

function saidOf(told: Unlocked | "failed"): string {
  if (told === "failed") return tk("set.failed");
  if (told.is === "open") return "";
  if (told.is === "damaged") return tk("lock.damaged");
  const wait_s = Math.ceil(told.wait_ms / 1000);
  return wait_s > 0 ? tk("lock.wait", { n: wait_s }) : tk("lock.wrong");
}

/** Whatever changes the lock takes the PIN once more: the phone may lie open on a table. */
function WithPin({
  act,
  doing,
  work,
  onDone,
  onCancel = onDone,
  about,
  children,
}: {
  act: string;
  doing: string;
  /** Null where there is nothing to be done yet. */
  work: (pin: string) => Promise<Unlocked> | null;
  onDone: () => void;
  onCancel?: () => void;
  about?: string;
  children?: ComponentChildren;
}) {
  const [pin, setPin] = useState("");
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    const working = pin === "" ? null : work(pin);
    if (working === null) return;
    setBusy(true);
    setSaid("");
    const told = await working.catch((): "failed" => "failed");
    setBusy(false);
    if (told !== "failed" && told.is === "open") onDone();
    else setSaid(saidOf(told));
  };
  return (
    <Form act={isBusy ? doing : act} busy={isBusy} onSubmit={() => void submit()} onCancel={onCancel}>
      {about ? <p>{about}</p> : null}
      <TextField
        label={tk("set.old")}
        name="pin"
        type="password"
        inputMode="numeric"
        verbatim
        value={pin}
        onInput={setPin}
      />
      {children}
      {said ? <Banner tone="danger">{said}</Banner> : null}
    </Form>
  );
}

function ChangePin({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const next = useNewPin();
  return (
    <WithPin
      act={tk("set.change")}
      doing={tk("lock.opening")}
      work={(pin) => (next.isGood() ? changePin(pin, next.value) : null)}
      onCancel={onCancel}
      onDone={onDone}
    >
      <NewPin label={tk("set.new")} pin={next} />
    </WithPin>
  );
}

function AddPasskey({ onDone }: { onDone: () => void }) {
  const [isRefused, setRefused] = useState(false);
  const add = async (pin: string): Promise<Unlocked> => {
    const made = await makePasskey("Lykta");
    setRefused(made === null);
    return made === null ? { is: "open" } : addPasskey(pin, made);
  };
  if (isRefused) return <Banner tone="note">{tk("set.passkey.no")}</Banner>;
  return (
    <WithPin
      act={tk("set.passkey.add")}
      doing={tk("lock.opening")}
      about={tk("set.passkey.about")}
      work={add}
      onDone={onDone}
    />
  );
}

function On() {
  const [open, setOpen] = useState<"" | "change" | "off" | "passkey">("");
  const [canPasskey, setCan] = useState(false);
  const [minutes, setShown] = useState(currentLock()?.minutes ?? MINUTES_FIRST);
  const [said, setSaid] = useState("");
  const close = () => setOpen("");
  const show = (part: typeof open) => {
    setSaid("");
    setOpen(part);
  };
  const changed = () => {
    close();
    setSaid(tk("set.changed"));
  };
  useEffect(() => {
    void offersPasskey().then(setCan);
  }, []);
  const hasPasskey = currentLock()?.passkey != null;
  return (
    <div class="stack">
      <p>
        {tk("set.on")} {hasPasskey ? tk("set.passkey.on") : ""}
      </p>
      <Button wide onPress={() => void lockNow()}>
        {tk("set.now")}
      </Button>
      <Minutes
        value={minutes}
        onChange={(chosen) => {
          setShown(chosen);
          void setMinutes(chosen).catch(() => setShown(currentLock()?.minutes ?? chosen));
        }}
      />
      <p role="status">{said}</p>
      {open === "change" ? <ChangePin onCancel={close} onDone={changed} /> : null}
      {open === "passkey" ? <AddPasskey onDone={close} /> : null}
      {open === "off" ? (
        <WithPin
          act={tk("set.turnOff")}
          doing={tk("set.turningOff")}
          about={tk("set.turnOff.about")}
          work={turnOff}
          onDone={close}
        />
      ) : null}
      {open === "" ? (
        <div class="row">
          <Button onPress={() => show("change")}>{tk("set.change")}</Button>
          {canPasskey && !hasPasskey ? (
            <Button onPress={() => show("passkey")}>{tk("set.passkey")}</Button>
          ) : null}
          <Button tone="quiet" onPress={() => show("off")}>
            {tk("set.turnOff")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** "Lås": off until somebody asks for it. */
export function LockSettings() {
  const [isChoosing, setChoosing] = useState(false);
  const [said, setSaid] = useState("");
  return (
    <Section title={tk("set.title")}>
      {said ? <Banner tone="note">{said}</Banner> : null}
      {lockState.value !== "off" && !isChoosing ? (
        <On />
      ) : isChoosing ? (
        <TurnOn
          onDone={(words) => {
            setSaid(words);
            setChoosing(false);
          }}
        />
      ) : (
        <>
          <p class="quiet-words">{tk("set.off")}</p>
          <Button wide onPress={() => setChoosing(true)}>
            {tk("set.turnOn")}
          </Button>
        </>
      )}
    </Section>
  );
}

import { useState } from "preact/hooks";
import { isPin } from "../../store/lock";
import { tk } from "../../text/lock";
import { TextField } from "../../ui";

export interface NewPinState {
  value: string;
  again: string;
  isShown: boolean;
  set: (value: string) => void;
  setAgain: (value: string) => void;
  /** True where it can be used; says what is wrong else. */
  isGood: () => boolean;
}

export function useNewPin(): NewPinState {
  const [value, set] = useState("");
  const [again, setAgain] = useState("");
  const [isShown, setShown] = useState(false);
  const isGood = () => {
    setShown(true);
    return isPin(value) && value === again;
  };
  return { value, again, isShown, set, setAgain, isGood };
}

/** Twice, since it cannot be seen: a PIN that nobody knows locks everybody out until somebody has coverage. */
export function NewPin({ label, pin }: { label: string; pin: NewPinState }) {
  const isBad = pin.isShown && !isPin(pin.value);
  const differs = pin.isShown && !isBad && pin.value !== pin.again;
  return (
    <>
      <TextField
        label={label}
        name="new-pin"
        type="password"
        inputMode="numeric"
        verbatim
        hint={tk("set.pin.hint")}
        error={isBad ? tk("set.pin.bad") : undefined}
        value={pin.value}
        onInput={pin.set}
      />
      <TextField
        label={tk("set.again")}
        name="new-pin-again"
        type="password"
        inputMode="numeric"
        verbatim
        error={differs ? tk("set.pin.other") : undefined}
        value={pin.again}
        onInput={pin.setAgain}
      />
    </>
  );
}

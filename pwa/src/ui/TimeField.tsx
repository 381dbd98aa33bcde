import { useEffect, useState } from "preact/hooks";
import { TextField } from "./Field";

interface Props {
  label: string;
  /** HH:MM, or empty. */
  value: string;
  /** Called with HH:MM when a whole time is typed, with an empty string when it is cleared. */
  onTime: (time: string) => void;
  hint?: string | undefined;
}

/** "2140", "21.40" and "9:05" are all times; null while it is only half of one. */
export function parseTime(typed: string): string | null {
  const found = /^\s*(\d{1,2})[:.]?(\d{2})\s*$/.exec(typed);
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** 24 hours whatever language the phone speaks, typed with the number keys. */
export function TimeField({ label, value, onTime, hint }: Props) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    // A change from outside ("Nu") shows; what is being typed is left alone.
    if (parseTime(typed) !== value) setTyped(value);
  }, [value]);
  return (
    <TextField
      label={label}
      hint={hint}
      value={typed}
      inputMode="numeric"
      maxLength={5}
      onInput={(next) => {
        setTyped(next);
        const time = parseTime(next);
        if (next === "") onTime("");
        else if (time !== null && next.replace(/\D/g, "").length === 4) onTime(time);
      }}
      onLeave={() => {
        const time = parseTime(typed);
        if (time !== null) onTime(time);
        setTyped(time ?? (typed === "" ? "" : value));
      }}
    />
  );
}

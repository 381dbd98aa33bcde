import check from "lucide-static/icons/check.svg?raw";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

export interface Choice<V extends string | number = string> {
  value: V;
  label: string;
  hint?: string;
}

interface OneProps<V extends string | number> {
  legend: string;
  /** The legend is there for screen readers, but the eye has it from the heading above. */
  hideLegend?: boolean;
  choices: readonly Choice<V>[];
  value: V | null;
  onChange: (value: V | null) => void;
  /** A second tap on the chosen one takes it away. */
  optional?: boolean;
}

/** One of a few: a radio group drawn as chips. The chosen one has a tick, not only a colour. */
export function Chips<V extends string | number>({
  legend,
  hideLegend,
  choices,
  value,
  onChange,
  optional,
}: OneProps<V>) {
  const name = useId();
  return (
    <fieldset class="chips">
      <legend class={hideLegend ? "sr-only" : undefined}>{legend}</legend>
      <div class="chip-row">
        {choices.map((choice) => (
          <label key={choice.value} class="chip">
            <input
              type="radio"
              name={name}
              checked={choice.value === value}
              onClick={() => {
                if (optional && choice.value === value) onChange(null);
              }}
              onChange={() => onChange(choice.value)}
            />
            <Icon svg={check} />
            <span>{choice.label}</span>
            {choice.hint ? <small>{choice.hint}</small> : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ManyProps {
  legend: string;
  hideLegend?: boolean;
  choices: readonly Choice[];
  values: readonly string[];
  onChange: (values: string[]) => void;
}

/** Any of a few: checkboxes drawn as chips. */
export function ManyChips({ legend, hideLegend, choices, values, onChange }: ManyProps) {
  return (
    <fieldset class="chips">
      <legend class={hideLegend ? "sr-only" : undefined}>{legend}</legend>
      <div class="chip-row">
        {choices.map((choice) => (
          <label key={choice.value} class="chip">
            <input
              type="checkbox"
              checked={values.includes(choice.value)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...values, choice.value]
                    : values.filter((value) => value !== choice.value),
                )
              }
            />
            <Icon svg={check} />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

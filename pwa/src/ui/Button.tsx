import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

export type Tone = "main" | "plain" | "quiet" | "danger";

interface Look {
  /** main: the one lantern-coloured act of a screen. */
  tone?: Tone;
  /** 64 px: Vi är ok, Observation, Ring, start and end. */
  large?: boolean;
  wide?: boolean;
  icon?: string;
  children: ComponentChildren;
}

function classes({ tone = "plain", large, wide }: Look): string {
  return `button ${tone}${large ? " large" : ""}${wide ? " wide" : ""}`;
}

interface ButtonProps extends Look {
  onPress: () => void;
  /** Being done: further taps do nothing, the focus stays. */
  busy?: boolean;
  disabled?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  /** Only where the visible words alone would be ambiguous to a screen reader. */
  name?: string;
}

export function Button({ onPress, busy, disabled, pressed, expanded, name, ...look }: ButtonProps) {
  return (
    <button
      type="button"
      class={classes(look)}
      onClick={() => {
        if (!busy) onPress();
      }}
      disabled={disabled}
      aria-busy={busy ? "true" : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-label={name}
    >
      {look.icon ? <Icon svg={look.icon} /> : null}
      <span>{look.children}</span>
    </button>
  );
}

interface SubmitProps extends Look {
  busy?: boolean;
}

/** The act of a form: Enter in a field does the same. */
export function SubmitButton({ busy, ...look }: SubmitProps) {
  return (
    <button type="submit" class={classes(look)} aria-busy={busy ? "true" : undefined}>
      {look.icon ? <Icon svg={look.icon} /> : null}
      <span>{look.children}</span>
    </button>
  );
}

interface LinkProps extends Look {
  href: string;
  name?: string;
  current?: boolean;
}

/** Somewhere else: another screen, or the dialler (`tel:`). */
export function LinkButton({ href, name, current, ...look }: LinkProps) {
  return (
    <a class={classes(look)} href={href} aria-label={name} aria-current={current ? "page" : undefined}>
      {look.icon ? <Icon svg={look.icon} /> : null}
      <span>{look.children}</span>
    </a>
  );
}

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Ids to put on the control, so that label, hint and error belong to it. */
  children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ComponentChildren;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, describedBy: described || undefined, invalid: Boolean(error) })}
      {hint ? (
        <p id={hintId} class="hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} class="field-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

interface TextProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  type?: "text" | "password" | "search";
  inputMode?: "numeric" | "tel";
  onLeave?: () => void;
  autocomplete?: string;
  maxLength?: number;
  name?: string;
  /** For names and codes: no capital letter, no correction. */
  verbatim?: boolean;
}

export function TextField({
  label,
  value,
  onInput,
  onLeave,
  hint,
  error,
  verbatim,
  type,
  ...rest
}: TextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => {
        const common = {
          ...rest,
          id,
          value,
          autocomplete: rest.autocomplete ?? "off",
          autocapitalize: verbatim ? ("none" as const) : undefined,
          spellcheck: verbatim ? false : undefined,
          "aria-describedby": describedBy,
          "aria-invalid": invalid,
          onBlur: onLeave,
          onInput: (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
        };
        if (type === "password") return <input type="password" {...common} />;
        if (type === "search") return <input type="search" {...common} />;
        return <input type="text" {...common} />;
      }}
    </Field>
  );
}

interface AreaProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  rows?: number;
  maxLength?: number;
}

export function TextArea({ label, value, onInput, hint, error, rows = 3, maxLength = 4000 }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <textarea
          id={id}
          rows={rows}
          maxLength={maxLength}
          value={value}
          aria-describedby={describedBy}
          aria-invalid={invalid ? "true" : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
  hint?: string | undefined;
  error?: string | undefined;
}

export function Select({ label, value, onChange, options, hint, error }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          value={value}
          aria-describedby={describedBy}
          aria-invalid={invalid ? "true" : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

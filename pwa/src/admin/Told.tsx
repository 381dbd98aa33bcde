import { ta } from "../text/admin";
import { Banner } from "../ui";
import type { Editing, Trouble } from "./useEdit";

const WORDS: Readonly<Record<Exclude<Trouble, "" | "changed">, () => string>> = {
  offline: () => ta("trouble_offline"),
  failed: () => ta("trouble_failed"),
  invalid: () => ta("trouble_invalid"),
  taken: () => ta("username_taken"),
  forbidden: () => ta("trouble_forbidden"),
  "last-admin": () => ta("trouble_last_admin"),
};

export function TroubleWords({ trouble }: { trouble: Trouble }) {
  if (trouble === "" || trouble === "changed") return null;
  return <Banner tone="danger">{WORDS[trouble]()}</Banner>;
}

/** What stands in the way of saving, and what somebody else did meanwhile. */
export function Told<T extends object>({ form }: { form: Editing<T> }) {
  return (
    <>
      {form.isChangedByOthers && (form.isTouched || form.trouble === "changed") ? (
        <Banner tone="note">{ta("others")}</Banner>
      ) : null}
      <TroubleWords trouble={form.trouble} />
    </>
  );
}

/** Beside a field in which one writes: what somebody else has written there. */
export function theirsWords(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return value === null || value === "" ? ta("theirs_empty") : ta("theirs", { value: String(value) });
}

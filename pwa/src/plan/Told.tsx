import type { Editing } from "../admin/useEdit";
import { tp } from "../text/plan";
import { Banner } from "../ui";

const PLACES: readonly [RegExp, () => string][] = [
  [/first/, () => tp("wrong_first")],
  [/until/, () => tp("wrong_until")],
  [/ends|starts/, () => tp("wrong_ends")],
  [/hosts/, () => tp("wrong_hosts")],
  [/area/, () => tp("wrong_area")],
];

function wrongWords<T extends object>({ trouble, wrong }: Editing<T>): string | null {
  if (trouble === "") return null;
  if (trouble === "changed") return null;
  if (trouble === "offline") return tp("trouble_offline");
  if (trouble === "forbidden") return tp("trouble_forbidden");
  const said = PLACES.find(([place]) => wrong.some((member) => place.test(member)));
  return said?.[1]() ?? tp("trouble_failed");
}

/** What stands in the way of saving, and what somebody else did meanwhile. */
export function Told<T extends object>({ form }: { form: Editing<T> }) {
  const words = wrongWords(form);
  return (
    <>
      {form.isChangedByOthers && (form.isTouched || form.trouble === "changed") ? (
        <Banner tone="note">{tp("others")}</Banner>
      ) : null}
      {words === null ? null : <Banner tone="danger">{words}</Banner>}
    </>
  );
}

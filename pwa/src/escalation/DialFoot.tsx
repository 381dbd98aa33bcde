import { t } from "../text";
import { th } from "../text/help";
import type { SaidYes } from "./confirm";
import { DialQuestion } from "./DialQuestion";
import type { DialFields } from "./dial";
import { telHref } from "./services";

interface Props {
  fields: DialFields;
  isSealing: boolean;
  hasFailed: boolean;
  onDial: () => void;
  onYes: (said: SaidYes) => void;
  onNo: () => void;
}

/** The number at the thumb; after a tap the question, with the number still there. */
export function DialFoot({ fields, onDial, ...asked }: Props) {
  const { number, dialedAt } = fields;
  if (number === "") return <p>{th("dial_none")}</p>;
  return (
    <div class="stack">
      {dialedAt === null ? null : <DialQuestion fields={fields} dialedAt={dialedAt} {...asked} />}
      <a
        class={dialedAt === null ? "button main large wide" : "button wide"}
        href={telHref(number)}
        onClick={onDial}
      >
        {th(dialedAt === null ? "dial" : "dial_again", { number })}
      </a>
      {dialedAt === null ? <p class="quiet-words dial-truth">{t("call.disclaimer")}</p> : null}
    </div>
  );
}

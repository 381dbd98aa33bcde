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
  const dialler = (look: string, words: string) => (
    <a class={`button ${look}`} href={telHref(number)} onClick={onDial}>
      {words}
    </a>
  );
  if (dialedAt !== null)
    return (
      <DialQuestion
        fields={fields}
        dialedAt={dialedAt}
        beside={dialler("quiet", th("dial_again", { number }))}
        {...asked}
      />
    );
  return (
    <div class="stack">
      {dialler("main large wide", th("dial", { number }))}
      <p class="quiet-words dial-truth">{t("call.disclaimer")}</p>
    </div>
  );
}

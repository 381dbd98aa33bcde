import { useEffect, useRef, useState } from "preact/hooks";
import { SIGN_IN } from "../review/routes";
import { list } from "../text";
import { td } from "../text/disclosure";
import { tr } from "../text/review";
import { Banner, Button, go, LinkButton, Section, Sheet } from "../ui";
import type { DraftRecord } from "./answers";
import { disclosureHref } from "./routes";
import { sums } from "./rules";
import type { Making } from "./use-making";
import { toWords } from "./words";

function lacksOf({ fields }: Making, taken: number): string[] {
  return [
    ...(fields.to === null ? [td("lack_to")] : []),
    ...(fields.decision.trim() === "" ? [td("lack_decision")] : []),
    ...(taken === 0 ? [td("lack_records")] : []),
  ];
}

function TroubleWords({ making, onAgain }: { making: Making; onAgain: () => void }) {
  const { trouble } = making;
  if (trouble === null) return null;
  if (trouble === "newer" || trouble === "closed")
    return (
      <Banner tone="danger" action={<Button onPress={onAgain}>{td("again")}</Button>}>
        {td(trouble)}
      </Banner>
    );
  if (trouble === "made")
    return (
      <Banner
        tone="danger"
        action={<LinkButton href={disclosureHref(making.fields.id)}>{td("made_see")}</LinkButton>}
      >
        {td("made")}
      </Banner>
    );
  return (
    <Banner tone="danger">
      {td(`failed_${trouble}`)}
      {trouble === "signin" ? (
        <p>
          <a href={SIGN_IN}>{tr("to_signin")}</a>
        </p>
      ) : null}
    </Banner>
  );
}

function KeptWords({ making }: { making: Making }) {
  if (making.isNotKept) return <Banner tone="danger">{td("not_kept")}</Banner>;
  return making.isTouched ? <p class="quiet-words">{td("kept")}</p> : null;
}

interface ConfirmProps {
  making: Making;
  sum: string;
  onSend: () => void;
  onClose: () => void;
}

function Confirm({ making, sum, onSend, onClose }: ConfirmProps) {
  const { isSending, fields } = making;
  return (
    <Sheet
      title={td("confirm")}
      onClose={() => {
        if (!isSending) onClose();
      }}
      footer={
        <>
          <Button tone="main" wide busy={isSending} onPress={onSend}>
            {td(isSending ? "handing_out" : "hand_out")}
          </Button>
          <Button wide disabled={isSending} onPress={onClose}>
            {td("cancel")}
          </Button>
        </>
      }
    >
      <p>{td("confirm_about", { to: toWords(fields.to ?? ""), sum })}</p>
    </Sheet>
  );
}

interface Props {
  making: Making;
  records: readonly DraftRecord[];
  isTried: boolean;
  onTry: () => void;
  onAgain: () => void;
}

/** First what is missing, then the guard's question, then the last one; only then it goes. */
function useHandOut({ making, records, onTry }: Props, isLacking: boolean) {
  const [isAsked, setAsked] = useState(false);
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  // What the guard took out may have been all that was written.
  useEffect(() => {
    if (isAsked && isLacking) setAsked(false);
  }, [isAsked, isLacking]);
  const begin = async () => {
    onTry();
    if (!isLacking && (await making.settle())) setAsked(true);
  };
  const send = async () => {
    const id = await making.send(records);
    setAsked(false);
    // Who has gone elsewhere while it was sent is not fetched back.
    if (id !== null && isHere.current) go(disclosureHref(id), { replace: true });
  };
  return { isAsked: isAsked && !isLacking, begin, send, cancel: () => setAsked(false) };
}

/** How much it is, and the act; nothing goes before it has been asked once more. */
export function HandOutBar(props: Props) {
  const { making, records, isTried, onAgain } = props;
  const { records: taken, masked } = sums(records, making.fields);
  const sum = td("sum", { records: td("records_n", { n: taken }), words: td("masked_n", { n: masked }) });
  const lacks = lacksOf(making, taken);
  const { isAsked, begin, send, cancel } = useHandOut(props, lacks.length > 0);
  return (
    <div class="hand-out-bar">
      <Section title={td("part_end")}>
        <TroubleWords making={making} onAgain={onAgain} />
        {isTried && lacks.length > 0 ? (
          <p class="field-error" role="alert">
            {td("lack", { what: list(lacks) })}
          </p>
        ) : null}
        <div class="row">
          <p role="status">{sum}</p>
          <Button tone="main" onPress={() => void begin()}>
            {td("hand_out")}
          </Button>
          {making.isTouched ? (
            <Button tone="quiet" onPress={making.discard}>
              {td("discard")}
            </Button>
          ) : null}
        </div>
        <KeptWords making={making} />
      </Section>
      {making.ask}
      {isAsked ? <Confirm making={making} sum={sum} onSend={() => void send()} onClose={cancel} /> : null}
    </div>
  );
}

import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { names } from "../review/names";
import { beginHref, FOLLOW, shiftHref } from "../review/routes";
import { useResource } from "../review/use-resource";
import { timeNear } from "../text";
import { tw } from "../text/follow";
import { Banner, Button, Empty, LinkButton, SubmitButton, TextField } from "../ui";
import type { MissingLine } from "./answers";
import { ask } from "./ask";
import "./followup.css";

const KINDS = [
  "shift_planned",
  "shift_open",
  "severe_unanswered",
  "call_open",
  "phone_silent",
  "return_unanswered",
  "question_unanswered",
] as const;

function kindWords(kind: string): string {
  const found = KINDS.find((one) => one === kind);
  return found ? tw(`miss_${found}`) : tw("miss_unknown");
}

function aboutWords({ about, at }: MissingLine): string {
  const words = names(known.value, []);
  const parts = [
    about.category ? words.category(about.category) : "",
    about.place_id ? words.place(about.place_id) : "",
    about.service ? words.service(about.service) : "",
    about.label ?? "",
    about.pending ? tw("miss_pending", { n: about.pending }) : "",
    tw("miss_since", { time: timeNear(at, minute_ms.value) }),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** One act at a time on one line; what failed is told where it was pressed. */
function useAct(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    let done = true;
    try {
      await work();
    } catch {
      done = false;
    }
    setFailed(!done);
    setBusy(false);
    onDone();
    return done;
  };
  return { busy, hasFailed, act };
}

function Dismissing({
  line,
  onDone,
  onCancel,
}: {
  line: MissingLine;
  onDone: () => void;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  const { busy, hasFailed, act } = useAct(onDone);
  return (
    <form
      class="row dismissing"
      onSubmit={(event) => {
        event.preventDefault();
        const said = { kind: line.kind, subject: line.subject, reason: reason.trim() };
        if (said.reason && !busy) void act(() => ask.dismiss(said)).then((done) => done && onCancel());
      }}
    >
      <TextField label={tw("miss_reason")} value={reason} maxLength={500} onInput={setReason} />
      <SubmitButton busy={busy}>{tw("miss_dismiss")}</SubmitButton>
      <Button tone="quiet" onPress={onCancel}>
        {tw("cancel")}
      </Button>
      {hasFailed ? <Banner tone="danger">{tw("failed")}</Banner> : null}
    </form>
  );
}

function Open({ line, onDone }: { line: MissingLine; onDone: () => void }) {
  const [isDismissing, setDismissing] = useState(false);
  const words = aboutWords(line);
  return (
    <li>
      <div class="missing-line">
        <p>{words}</p>
        <div class="row">
          {line.kind === "severe_unanswered" && line.observation_id ? (
            <LinkButton href={beginHref(line.observation_id)}>{tw("miss_follow")}</LinkButton>
          ) : null}
          {line.shift_id ? (
            <LinkButton tone="quiet" href={shiftHref(line.shift_id)}>
              {tw("miss_to_shift")}
            </LinkButton>
          ) : null}
          {isDismissing ? null : (
            <Button
              tone="quiet"
              name={tw("miss_dismiss_name", { what: words })}
              onPress={() => setDismissing(true)}
            >
              {tw("miss_dismiss")}
            </Button>
          )}
        </div>
      </div>
      {isDismissing ? <Dismissing line={line} onDone={onDone} onCancel={() => setDismissing(false)} /> : null}
    </li>
  );
}

function Dismissed({ line, onDone }: { line: MissingLine; onDone: () => void }) {
  const { busy, hasFailed, act } = useAct(onDone);
  const said = line.dismissed;
  if (!said) return null;
  const params = {
    name: names(known.value, []).person(said.author_id ?? ""),
    time: timeNear(said.stated_at, minute_ms.value),
    reason: said.hidden ? tw("hidden") : (said.reason ?? ""),
  };
  return (
    <li>
      <div class="missing-line">
        <p>
          {kindWords(line.kind)} · {aboutWords(line)}
          <small>{tw("miss_by", params)}</small>
        </p>
        <Button
          tone="quiet"
          busy={busy}
          onPress={() => void act(() => ask.restore({ kind: line.kind, subject: line.subject }))}
        >
          {tw("miss_undo")}
        </Button>
      </div>
      {hasFailed ? <Banner tone="danger">{tw("failed")}</Banner> : null}
    </li>
  );
}

function Lines({ lines, onDone }: { lines: readonly MissingLine[]; onDone: () => void }) {
  const open = lines.filter(({ dismissed }) => dismissed === null);
  const dismissed = lines.filter((line) => line.dismissed !== null);
  const kinds = [...new Set(open.map(({ kind }) => kind))];
  return (
    <>
      {open.length === 0 ? (
        <Empty title={tw("miss_none")}>
          <p>{tw("miss_none_why")}</p>
        </Empty>
      ) : null}
      {kinds.map((kind) => (
        <section key={kind} class="missing-kind" aria-labelledby={`missing-${kind}`}>
          <h2 id={`missing-${kind}`}>
            {kindWords(kind)} <small>{open.filter((line) => line.kind === kind).length}</small>
          </h2>
          <ul>
            {open
              .filter((line) => line.kind === kind)
              .map((line) => (
                <Open key={line.subject} line={line} onDone={onDone} />
              ))}
          </ul>
        </section>
      ))}
      {dismissed.length > 0 ? (
        <details class="more">
          <summary>{tw("miss_dismissed", { n: dismissed.length })}</summary>
          <ul class="missing-kind">
            {dismissed.map((line) => (
              <Dismissed key={`${line.kind}-${line.subject}`} line={line} onDone={onDone} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

/** What nobody ended, answered or told the outcome of; each line leads to where it is mended. */
export function MissingPage() {
  const missing = useResource("missing", ask.missing, () => true);
  return (
    <DeskPage title={tw("missing")} action={<LinkButton href={FOLLOW}>{tw("to_list")}</LinkButton>}>
      <Fetched resource={missing}>{({ lines }) => <Lines lines={lines} onDone={missing.refresh} />}</Fetched>
    </DeskPage>
  );
}

import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { names } from "../review/names";
import { beginHref, FOLLOW } from "../review/routes";
import { useResource } from "../review/use-resource";
import { timeNear } from "../text";
import { tw } from "../text/follow";
import { Banner, Button, Empty, LinkButton, SubmitButton, TextField } from "../ui";
import type { MissingLine } from "./answers";
import { ask } from "./ask";
import { aboutWords, whereMended } from "./missing";
import { LeftReasons, type Reasons, useReasons } from "./Reasons";
import "./followup.css";

const KINDS = [
  "staff_threat",
  "shift_planned",
  "shift_unknown",
  "shift_open",
  "severe_unanswered",
  "call_open",
  "phone_silent",
  "return_unanswered",
  "question_unanswered",
] as const;

/** What a follow-up answers. */
const FOLLOWED: readonly string[] = ["staff_threat", "severe_unanswered"];

function kindWords(kind: string): string {
  const found = KINDS.find((one) => one === kind);
  return found ? tw(`miss_${found}`) : tw("miss_unknown");
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

interface DismissingProps {
  line: MissingLine;
  reason: string;
  reasons: Reasons;
  onDone: () => void;
}

function Dismissing({ line, reason, reasons, onDone }: DismissingProps) {
  const { busy, hasFailed, act } = useAct(onDone);
  return (
    <form
      class="row dismissing"
      onSubmit={(event) => {
        event.preventDefault();
        const said = { kind: line.kind, subject: line.subject, reason: reason.trim() };
        if (said.reason && !busy)
          void act(() => ask.dismiss(said)).then((done) => done && reasons.drop(line));
      }}
    >
      <TextField
        label={tw("miss_reason")}
        value={reason}
        maxLength={500}
        onInput={(words) => reasons.set(line, words)}
      />
      <SubmitButton busy={busy}>{tw("miss_dismiss")}</SubmitButton>
      <Button tone="quiet" onPress={() => reasons.drop(line)}>
        {tw("cancel")}
      </Button>
      {hasFailed ? <Banner tone="danger">{tw("failed")}</Banner> : null}
    </form>
  );
}

function Open({ line, reasons, onDone }: { line: MissingLine; reasons: Reasons; onDone: () => void }) {
  const reason = reasons.of(line);
  const words = aboutWords(line);
  const where = whereMended(line);
  return (
    <li>
      <div class="missing-line">
        <p>{words}</p>
        <div class="row">
          {FOLLOWED.includes(line.kind) && line.observation_id ? (
            <LinkButton href={beginHref(line.observation_id)}>{tw("miss_follow")}</LinkButton>
          ) : null}
          {where ? (
            <LinkButton tone="quiet" href={where.href}>
              {where.words}
            </LinkButton>
          ) : null}
          {reason === null ? (
            <Button
              tone="quiet"
              name={tw("miss_dismiss_name", { what: words })}
              onPress={() => reasons.set(line, "")}
            >
              {tw("miss_dismiss")}
            </Button>
          ) : null}
        </div>
      </div>
      {reason === null ? null : <Dismissing line={line} reason={reason} reasons={reasons} onDone={onDone} />}
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
  const reasons = useReasons();
  return (
    <>
      <LeftReasons
        reasons={reasons}
        lines={lines}
        title={(line) => `${kindWords(line.kind)} · ${aboutWords(line)}`}
      />
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
                <Open key={line.subject} line={line} reasons={reasons} onDone={onDone} />
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

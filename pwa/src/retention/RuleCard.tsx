import { useState } from "preact/hooks";
import { me } from "../store/state";
import { dayAndTime } from "../text";
import { tz } from "../text/retention";
import { Banner, Button, Section } from "../ui";
import { now_ms } from "../ui/now";
import { useIsHere } from "../ui/useIsHere";
import type { Rule } from "./answers";
import { ask } from "./ask";
import { PreviewPart } from "./PreviewPart";
import { type Refused, refusedBy } from "./refused";

const DECIDERS = ["admin", "archivist", "dataprotection"];
export const decides = () => DECIDERS.includes(me.value?.role ?? "");

function Decision({ decision }: { decision: NonNullable<Rule["decision"]> }) {
  const { months, reference, author, stated_at, in_force_at, hidden } = decision;
  const by = { name: author?.name ?? tz("none"), time: dayAndTime(stated_at) };
  return (
    <>
      <p>
        <strong>{months === null ? tz("taken_back") : tz("decided", { n: months })}</strong>
        {months !== null && Date.parse(in_force_at) > now_ms.value
          ? ` ${tz("waits", { time: dayAndTime(in_force_at) })}`
          : null}
      </p>
      <p class="quiet-words">
        {hidden || reference === null ? tz("by_hidden", by) : tz("by", { ...by, reference })}
      </p>
    </>
  );
}

type Phase = "open" | "asked" | "running" | "done" | "none" | Refused;

/** Carrying it out at once: asked first, since it cannot be undone. */
function RunNow({ rule, version, onRun }: { rule: Rule; version: number; onRun: () => void }) {
  const [phase, setPhase] = useState<Phase>("open");
  const isHere = useIsHere();
  const what = tz(rule.cls);
  const [done, setDone] = useState(0);
  const run = async () => {
    setPhase("running");
    try {
      let things = 0;
      for (let more = true; more && isHere.current; ) {
        const told = await ask.erase(rule.cls, version);
        more = told.more;
        things += told.things;
        if (isHere.current) setDone(things);
      }
      if (isHere.current) setPhase(things === 0 ? "none" : "done");
    } catch (error) {
      if (isHere.current) setPhase(refusedBy(error));
    }
    onRun();
  };
  const isAsked = phase === "asked" || phase === "running";
  return (
    <>
      {isAsked ? (
        <Banner
          tone="note"
          action={
            <div class="row">
              <Button tone="danger" busy={phase === "running"} onPress={() => void run()}>
                {tz("run_yes")}
              </Button>
              <Button tone="quiet" onPress={() => setPhase("open")}>
                {tz("cancel")}
              </Button>
            </div>
          }
        >
          {tz("run_ask")}
        </Banner>
      ) : (
        <div class="row">
          <Button tone="quiet" name={tz("run_of", { what })} onPress={() => setPhase("asked")}>
            {tz("run")}
          </Button>
        </div>
      )}
      <div role="status">
        {phase === "running" && done > 0 ? <p>{tz("run_so_far", { n: done })}</p> : null}
        {phase === "done" || phase === "none" ? <p>{tz(`run_${phase}`)}</p> : null}
        {phase === "changed" || phase === "forbidden" || phase === "offline" || phase === "failed" ? (
          <Banner tone="danger">{tz(phase)}</Banner>
        ) : null}
      </div>
    </>
  );
}

interface Props {
  rule: Rule;
  onEdit: () => void;
  onRun: () => void;
}

/** One class: what it is, what is decided, and what that would take. */
export function RuleCard({ rule, onEdit, onRun }: Props) {
  const { cls, decision } = rule;
  // What was counted before it was carried out is no longer so.
  const [ran, setRan] = useState(0);
  const isDecided = decision !== null && decision.months !== null;
  const isInForce = isDecided && Date.parse(decision.in_force_at) <= now_ms.value;
  return (
    <Section title={tz(cls)}>
      <p class="quiet-words">{tz(`${cls}_about`)}</p>
      {decision ? <Decision decision={decision} /> : <p>{tz("undecided")}</p>}
      {decides() ? (
        <div class="row">
          <Button name={tz(decision ? "change_of" : "decide_of", { what: tz(cls) })} onPress={onEdit}>
            {tz(decision ? "change" : "decide")}
          </Button>
        </div>
      ) : null}
      {isDecided ? <PreviewPart key={ran} cls={cls} months={null} /> : null}
      {isInForce && decides() ? (
        <RunNow
          rule={rule}
          version={decision.version}
          onRun={() => {
            setRan(ran + 1);
            onRun();
          }}
        />
      ) : null}
    </Section>
  );
}

import { useEffect, useState } from "preact/hooks";
import { CannotSeal } from "../../outbox/copy";
import { inParts, type Load, type Part, packPart, readLoad } from "../../outbox/courier";
import { unsentCount } from "../../store/state";
import { tc } from "../../text/courier";
import { Banner, Button, Chips, LinkButton, Loading, Page } from "../../ui";
import { STATUS } from "../../ui/routes";
import { CodeLoop } from "./CodeLoop";
import "./courier.css";

type What = "unsent" | "recent";
type Trouble = "no-key" | "no-crypto" | "too-much" | "failed";
type Packed = { is: "making" } | { is: "shown"; part: Part } | { is: Trouble };

const TROUBLE: Record<Trouble, () => string> = {
  "no-key": () => tc("no_key"),
  "no-crypto": () => tc("no_crypto"),
  "too-much": () => tc("tooMuch"),
  failed: () => tc("failed"),
};

function troubleOf(error: unknown): Trouble {
  if (error instanceof CannotSeal) return error.why;
  return error instanceof RangeError ? "too-much" : "failed";
}

/** One part of what is shown, packed when it is its turn. */
function Shown({ ops }: { ops: Parameters<typeof packPart>[0] }) {
  const [packed, setPacked] = useState<Packed>({ is: "making" });
  useEffect(() => {
    let gone = false;
    setPacked({ is: "making" });
    packPart(ops).then(
      (part) => gone || setPacked({ is: "shown", part }),
      (error: unknown) => gone || setPacked({ is: troubleOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [ops]);
  if (packed.is === "making") return <Loading what={tc("making")} />;
  if (packed.is !== "shown") return <Banner tone="danger">{TROUBLE[packed.is]()}</Banner>;
  return <CodeLoop frames={packed.part.frames} />;
}

function Parts({ load, what }: { load: Load; what: What }) {
  const [at, setAt] = useState(0);
  const [parts] = useState(() =>
    inParts([...load.unsent, ...load.journaled, ...(what === "recent" ? load.recent : [])]),
  );
  const ops = parts[at];
  if (ops === undefined) return <Banner tone="calm">{tc("nothing")}</Banner>;
  return (
    <>
      <Shown ops={ops} />
      <p class="code-place">
        {tc("ops", { n: ops.length })}
        {parts.length > 1 ? ` · ${tc("part", { n: at + 1, all: parts.length })}` : ""}
      </p>
      {parts.length > 1 ? (
        <div class="row equal">
          <Button disabled={at === 0} onPress={() => setAt(at - 1)}>
            {tc("previousPart")}
          </Button>
          <Button disabled={at + 1 === parts.length} onPress={() => setAt(at + 1)}>
            {tc("nextPart")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** This phone's unsent records as codes. Nothing leaves the outbox here: only the server's own answer does that. */
export default function ShowScreen() {
  const [load, setLoad] = useState<Load | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [what, setWhat] = useState<What>("unsent");
  useEffect(() => {
    readLoad().then(setLoad, () => setFailed(true));
  }, []);
  const unsent = load === null ? 0 : load.unsent.length + load.journaled.length;
  const isSent = unsent > 0 && unsentCount.value === 0;
  return (
    <Page title={tc("show")} back={STATUS}>
      {isFailed ? <Banner tone="danger">{tc("failed")}</Banner> : null}
      {isSent ? <Banner tone="calm">{tc("sent")}</Banner> : null}
      {load === null ? null : <Parts key={what} load={load} what={what} />}
      <p>{tc("show_about")}</p>
      {load !== null && load.recent.length > 0 ? (
        <Chips
          legend={tc("what")}
          choices={[
            { value: "unsent", label: tc("unsent", { n: unsent }) },
            { value: "recent", label: tc("recent", { n: load.recent.length }) },
          ]}
          value={what}
          onChange={(chosen) => setWhat(chosen ?? "unsent")}
        />
      ) : null}
      <p class="quiet-words">{tc("show_keeps")}</p>
      <LinkButton wide href={STATUS}>
        {tc("close")}
      </LinkButton>
    </Page>
  );
}

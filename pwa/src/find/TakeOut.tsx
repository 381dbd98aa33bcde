import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { download } from "../device/share";
import { attempt, number, object } from "../parse";
import { readsRestricted } from "../review/who";
import { bytes } from "../text";
import { tf } from "../text/find";
import { Button, Section } from "../ui";
import { refusedBy } from "./refuse";
import type { Asked } from "./rules";
import { FORMATS, type Format, server } from "./server";

type State =
  | { is: "idle" }
  | { is: "busy"; format: Format; got: number; all: number | null }
  | { is: "done"; name: string }
  | { is: "failed"; why: string };

const limit = object({ limit: number });

function whyWords(error: unknown): string {
  const most = error instanceof ApiError && error.code === "export-large" ? attempt(limit, error.body) : null;
  return refusedBy(error) ?? (most ? tf("take_large", { n: most.limit }) : tf("take_failed"));
}

function Told({ state }: { state: State }) {
  if (state.is === "idle") return null;
  if (state.is === "failed")
    return (
      <p class="field-error" role="alert">
        {state.why}
      </p>
    );
  if (state.is === "done") return <p role="status">{tf("taken", { name: state.name })}</p>;
  const { got, all } = state;
  const words = all === null ? tf("taking") : tf("taking_part", { got: bytes(got), all: bytes(all) });
  return (
    <div class="find-progress" role="status">
      <progress max={all ?? undefined} value={all === null ? undefined : got} aria-label={words} />
      <span>{words}</span>
    </div>
  );
}

/** The search as a file. What the page shows of restricted records is left out, unless it is asked for here. */
export function TakeOut({ asked }: { asked: Asked }) {
  const [state, setState] = useState<State>({ is: "idle" });
  const [restricted, setRestricted] = useState(false);
  const take = async (format: Format) => {
    setState({ is: "busy", format, got: 0, all: null });
    try {
      const { name, content } = await server.take(asked, format, restricted, (got, all) =>
        setState({ is: "busy", format, got, all }),
      );
      download(new File([content], name, { type: content.type }));
      setState({ is: "done", name });
    } catch (error) {
      setState({ is: "failed", why: whyWords(error) });
    }
  };
  return (
    <Section title={tf("take")}>
      <p class="quiet-words">{tf("take_hint")}</p>
      {readsRestricted.value ? (
        <label class="find-check">
          <input
            type="checkbox"
            checked={restricted}
            onChange={(event) => setRestricted(event.currentTarget.checked)}
          />
          <span>{tf("take_restricted")}</span>
        </label>
      ) : null}
      <div class="row">
        {FORMATS.map((format) => (
          <Button key={format} busy={state.is === "busy"} onPress={() => void take(format)}>
            {tf(`take_${format}`)}
          </Button>
        ))}
      </div>
      <Told state={state} />
    </Section>
  );
}

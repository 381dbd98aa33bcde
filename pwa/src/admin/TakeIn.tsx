import { useRef, useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { tq } from "../text/places";
import { sv } from "../text/places.sv";
import { Banner, Button, Section } from "../ui";
import type { Imported } from "./answers";
import { ask } from "./ask";
import { troubleOf } from "./useEdit";

/** In characters, as the server counts. */
const TEXT_MAX = 10_000_000;

type Key = keyof typeof sv;
const isKey = (key: string): key is Key => key in sv;
const codeWords = (prefix: "file_" | "why_", code: string): string | null => {
  const key = `${prefix}${code}`;
  return isKey(key) ? tq(key as "file_failed") : null;
};

type State =
  | { is: "idle" }
  | { is: "busy" }
  | { is: "wrong"; why: string }
  | { is: "looked"; text: string; found: Imported; isChanged: boolean }
  | { is: "taken"; found: Imported };

function faultOf(error: unknown): string {
  if (troubleOf(error) === "offline") return tq("file_offline");
  const code = error instanceof ApiError ? (error.problem?.errors[0]?.code ?? "") : "";
  return codeWords("file_", code === "string_too_long" ? "too-large" : code) ?? tq("file_failed");
}

/** Raises TypeError where it is no UTF-8; a byte order mark is let be. */
const decoded = async (file: File) =>
  new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());

function Findings({ found }: { found: Imported }) {
  if (found.findings.length === 0) return null;
  return (
    <>
      <h3>{tq("file_findings")}</h3>
      <ul class="take-in-findings">
        {found.findings.map(({ index, name, code }) => {
          const why = codeWords("why_", code) ?? code;
          return (
            <li key={`${index} ${code}`}>
              {name === null
                ? tq("finding_unnamed", { n: index, why })
                : tq("finding", { n: index, name, why })}
            </li>
          );
        })}
      </ul>
    </>
  );
}

const counts = ({ added, changed, unchanged, refused }: Imported) => ({ added, changed, unchanged, refused });

/** A GeoJSON file: looked at first, and taken in only as it was seen. */
export function TakeIn({ onTaken }: { onTaken: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>({ is: "idle" });
  const look = async (text: string) => {
    setState({ is: "busy" });
    try {
      setState({ is: "looked", text, found: await ask.takeIn(text, null), isChanged: false });
    } catch (error) {
      setState({ is: "wrong", why: faultOf(error) });
    }
  };
  const choose = async (file: File) => {
    if (file.size > TEXT_MAX) return setState({ is: "wrong", why: tq("file_too-large") });
    try {
      await look(await decoded(file));
    } catch {
      setState({ is: "wrong", why: tq("file_not-utf8") });
    }
  };
  const take = async (text: string, found: Imported) => {
    setState({ is: "busy" });
    try {
      setState({ is: "taken", found: await ask.takeIn(text, found.version) });
      onTaken();
    } catch (error) {
      if (troubleOf(error) === "changed") setState({ is: "looked", text, found, isChanged: true });
      else setState({ is: "wrong", why: faultOf(error) });
    }
  };
  return (
    <Section title={tq("file")}>
      <p class="quiet-words">{tq("file_about")}</p>
      <input
        ref={input}
        type="file"
        accept=".geojson,.json,application/geo+json,application/json"
        aria-label={tq("file_choose")}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void choose(file);
        }}
      />
      <div class="row">
        <Button busy={state.is === "busy"} onPress={() => input.current?.click()}>
          {tq("file_choose")}
        </Button>
      </div>
      <div role="status" class="stack">
        {state.is === "busy" ? <p>{tq("file_reading")}</p> : null}
        {state.is === "wrong" ? <Banner tone="danger">{state.why}</Banner> : null}
        {state.is === "taken" ? <Banner tone="calm">{tq("file_taken", counts(state.found))}</Banner> : null}
        {state.is === "looked" ? <p>{tq("file_result", counts(state.found))}</p> : null}
      </div>
      {state.is === "looked" ? (
        <>
          <Findings found={state.found} />
          {state.isChanged ? <Banner tone="note">{tq("file_changed")}</Banner> : null}
          <Next state={state} onTake={take} onLook={look} />
        </>
      ) : null}
    </Section>
  );
}

interface NextProps {
  state: State & { is: "looked" };
  onTake: (text: string, found: Imported) => Promise<void>;
  onLook: (text: string) => Promise<void>;
}

function Next({ state: { text, found, isChanged }, onTake, onLook }: NextProps) {
  if (isChanged) return <Button onPress={() => void onLook(text)}>{tq("file_again")}</Button>;
  if (found.added + found.changed === 0) return <p>{tq("file_nothing")}</p>;
  return (
    <Button tone="main" onPress={() => void onTake(text, found)}>
      {tq("file_take")}
    </Button>
  );
}

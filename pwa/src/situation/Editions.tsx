import { useRef, useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { newId } from "../outbox";
import { minute_ms } from "../review/desk-state";
import { timeNear } from "../text";
import { tw } from "../text/week";
import { Banner, Button, goFromHere, Section } from "../ui";
import type { EditionHead } from "./answers";
import { ask } from "./ask";
import { editionHref } from "./routes";
import { numberOf } from "./rules";

interface Props {
  week: string;
  editions: readonly EditionHead[];
  /** The words that are on the screen, as the server holds them. */
  version: string | null;
  isUnsaved: boolean;
  onStale: () => void;
}

type Refused = "unsaved" | "newer" | "failed";

function Freeze({ week, editions, version, isUnsaved, onStale }: Props) {
  const [state, setState] = useState<"idle" | "freezing" | Refused>("idle");
  // One id for all tries: an answer that was lost on its way back makes no second edition.
  const id = useRef(newId());
  const next = Math.max(0, ...editions.map(({ number }) => number)) + 1;
  const freeze = async () => {
    if (isUnsaved) return setState("unsaved");
    setState("freezing");
    const lead = goFromHere();
    try {
      const made = await ask.freeze(week, id.current, next, version);
      lead(editionHref(week, made.id));
    } catch (error) {
      const isNewer = error instanceof ApiError && error.code === "newer";
      setState(isNewer ? "newer" : "failed");
      if (isNewer) onStale();
    }
  };
  return (
    <>
      {state === "idle" || state === "freezing" ? null : (
        <Banner tone="danger">{tw(`freeze_${state}`)}</Banner>
      )}
      <Button tone="main" busy={state === "freezing"} onPress={() => void freeze()}>
        {state === "freezing" ? tw("freezing") : tw("freeze", { n: next })}
      </Button>
    </>
  );
}

export function Editions(props: Props) {
  const { week, editions } = props;
  return (
    <div class="editions">
      <Section title={tw("editions")}>
        {editions.length === 0 ? <p class="quiet-words">{tw("editions_none")}</p> : null}
        <ul>
          {editions.map(({ id, number, stated_at, corrected }) => (
            <li key={id}>
              <a href={editionHref(week, id)}>{tw("edition", { n: number, week: numberOf(week) })}</a>{" "}
              <small>
                {tw("edition_line", { time: timeNear(stated_at, minute_ms.value) })} ·{" "}
                {corrected > 0 ? (
                  <strong>⚑ {tw("edition_corrected", { n: corrected })}</strong>
                ) : (
                  tw("edition_right")
                )}
              </small>
            </li>
          ))}
        </ul>
        <Freeze {...props} />
      </Section>
    </div>
  );
}

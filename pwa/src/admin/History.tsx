import { useState } from "preact/hooks";
import { ta } from "../text/admin";
import { ErrorView, Loading } from "../ui";
import type { Edit } from "./answers";
import { ask } from "./ask";
import { editBy, editLines, type MemberWords } from "./words";

interface Props {
  /** people, places, … */
  of: string;
  id: string;
  words: MemberWords;
}

type Found =
  | { is: "closed" }
  | { is: "loading" }
  | { is: "failed" }
  | { is: "ready"; edits: readonly Edit[] };

/** Who changed what, when, and from what to what. Fetched when somebody wants to know. */
export function History({ of, id, words }: Props) {
  const [found, setFound] = useState<Found>({ is: "closed" });
  const load = async () => {
    setFound({ is: "loading" });
    try {
      setFound({ is: "ready", edits: await ask.history(of, id) });
    } catch {
      setFound({ is: "failed" });
    }
  };
  return (
    <details
      class="edit-history"
      onToggle={(event) => {
        if (event.currentTarget.open) void load();
      }}
    >
      <summary>{ta("history")}</summary>
      {found.is === "loading" ? <Loading what={ta("history_loading")} /> : null}
      {found.is === "failed" ? (
        <ErrorView onRetry={() => void load()}>{ta("history_failed")}</ErrorView>
      ) : null}
      {found.is === "ready" && found.edits.length === 0 ? <p>{ta("history_none")}</p> : null}
      {found.is === "ready" ? (
        <ol>
          {found.edits.map((edit) => (
            <li key={edit.id}>
              <p class="quiet-words">{editBy(edit)}</p>
              {editLines(edit, words).map((line) => (
                <p key={line}>{line}</p>
              ))}
            </li>
          ))}
        </ol>
      ) : null}
    </details>
  );
}

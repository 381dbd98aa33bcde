import approveIcon from "lucide-static/icons/circle-check.svg?raw";
import commentIcon from "lucide-static/icons/message-square.svg?raw";
import returnIcon from "lucide-static/icons/undo-2.svg?raw";
import { useState } from "preact/hooks";
import { newId } from "../outbox/ids";
import { timeNear } from "../text";
import { tv } from "../text/acts";
import { Banner, Button } from "../ui";
import { ask } from "./ask";
import { minute_ms } from "./desk-state";
import { type Refused, refusedBy } from "./refused";
import type { Entry, ShiftLog } from "./types";
import { WordsSheet } from "./WordsSheet";

type Verdict = Extract<Entry, { kind: "review" }>;

/** The last word of a supervisor, and what has come after it. */
function Standing({ entries }: { entries: readonly Entry[] }) {
  const verdicts = entries.filter((entry): entry is Verdict => entry.kind === "review");
  const last = verdicts.sort((a, b) => a.seq - b.seq).at(-1);
  if (!last) return <p>{tv("none")}</p>;
  const told = { time: timeNear(last.stated_at, minute_ms.value), name: last.author.name };
  const since = entries.filter((entry) => entry.kind !== "comment" && entry.changed_seq > last.seq).length;
  return (
    <p>
      <strong>{tv(last.value.verdict === "approve" ? "approved" : "returned", told)}</strong>
      {since > 0 ? ` ${tv("since", { n: since })}` : null}
    </p>
  );
}

/** What a supervisor can say of a shift. Nothing here changes a word of the hosts'. */
export function Review({ log, onSaid }: { log: ShiftLog; onSaid: () => void }) {
  const { shift, entries, seq } = log;
  const [sheet, setSheet] = useState<"give_back" | "comment" | null>(null);
  const [phase, setPhase] = useState<"open" | "saying" | "said" | Refused>("open");
  const [id, setId] = useState(newId);
  const isOut = shift.status !== "ended";
  const approve = async () => {
    setPhase("saying");
    try {
      await ask.say(shift.id, "approve", { id, seen_seq: seq });
      setId(newId());
      setPhase("said");
      onSaid();
    } catch (error) {
      setPhase(refusedBy(error));
      if (refusedBy(error) === "newer") onSaid();
    }
  };
  const say = async (op: string, words: string) => {
    if (sheet === "comment") await ask.say(shift.id, "comments", { id: op, target: shift.id, text: words });
    else await ask.say(shift.id, "return", { id: op, seen_seq: seq, note: words });
    setPhase("said");
    onSaid();
  };
  return (
    <section class="review" aria-labelledby="review-title">
      <h2 id="review-title">{tv("title")}</h2>
      <Standing entries={entries} />
      {isOut ? <p class="quiet-words">{tv("still_out")}</p> : null}
      {!isOut && !shift.completeness.complete ? <p class="quiet-words">{tv("not_whole")}</p> : null}
      <div class="row">
        {isOut ? null : (
          <>
            <Button tone="main" icon={approveIcon} busy={phase === "saying"} onPress={() => void approve()}>
              {tv("approve")}
            </Button>
            <Button icon={returnIcon} onPress={() => setSheet("give_back")}>
              {tv("give_back")}
            </Button>
          </>
        )}
        <Button icon={commentIcon} onPress={() => setSheet("comment")}>
          {tv("comment")}
        </Button>
      </div>
      <div role="status">
        {phase === "said" ? <p>{tv("said")}</p> : null}
        {phase === "open" || phase === "said" || phase === "saying" ? null : (
          <Banner tone="danger">{tv(phase)}</Banner>
        )}
      </div>
      {sheet ? <WordsSheet what={sheet} of={shift.id} onSay={say} onClose={() => setSheet(null)} /> : null}
    </section>
  );
}

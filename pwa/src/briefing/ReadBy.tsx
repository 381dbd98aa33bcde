import { known, minute_ms } from "../review/desk-state";
import { names } from "../review/names";
import { list, timeNear } from "../text";
import { tfo } from "../text/focus";
import type { Briefing } from "./answers";
import { readByWhom } from "./rules";

/** Who has said that they read it, and when; who read other words says so. */
export function ReadBy({ briefing }: { briefing: Briefing }) {
  const read = readByWhom(briefing, names(known.value, []).person);
  if (read.length === 0) return <p class="quiet-words">{tfo("read_none")}</p>;
  const told = read.map(({ name, at, isOfNow }) =>
    tfo(isOfNow ? "read_one" : "read_before", { name, time: timeNear(at, minute_ms.value) }),
  );
  return (
    <p class="read-by">
      <span class="quiet-words">{tfo("read_by")}</span> {list(told)}
    </p>
  );
}

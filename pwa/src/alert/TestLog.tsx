import { timeNear } from "../text";
import { tl } from "../text/alarm";
import { now_ms } from "../ui/now";
import { alarm } from "../ui/routes";
import { Stages } from "./Stages";
import { raiseOp, testAlerts } from "./state";
import { stageOf } from "./view";

const SHOWN_MAX = 10;

/** Earlier tests of this host: when, and how far each came. */
export function TestLog() {
  const tests = testAlerts.value.slice(0, SHOWN_MAX);
  if (tests.length === 0) return <p class="quiet-words">{tl("tried_none")}</p>;
  return (
    <>
      <h3 class="section-title">{tl("tried")}</h3>
      <ul class="stack">
        {tests.map((view) => (
          <li key={view.id} class="card">
            <a href={alarm(view.id)}>{tl("tried_line", { time: timeNear(view.statedAt, now_ms.value) })}</a>
            <Stages stage={stageOf(view, raiseOp(view.id))} at={view.statedAt} />
          </li>
        ))}
      </ul>
    </>
  );
}

import done from "lucide-static/icons/circle-check.svg?raw";
import open from "lucide-static/icons/circle-dashed.svg?raw";
import wrong from "lucide-static/icons/triangle-alert.svg?raw";
import { timeNear } from "../text";
import { tl } from "../text/alarm";
import { Icon } from "../ui";
import { now_ms } from "../ui/now";
import { namesOf } from "./state";
import type { Stage } from "./view";

interface Line {
  words: string;
  about: string;
  is: "done" | "open" | "wrong";
}

const near = (iso: string) => timeNear(iso, now_ms.value);

function delivered(stage: Stage): Line {
  const name = tl("stage_delivered");
  if (stage.is === "queued") return { words: name, about: tl("stage_waits"), is: "open" };
  if (stage.is === "stuck") return { words: tl("stage_stuck"), about: "", is: "wrong" };
  if (stage.is === "held") return { words: tl("stage_held"), about: near(stage.at), is: "wrong" };
  return { words: name, about: stage.at === null ? "" : near(stage.at), is: "done" };
}

function seen(stage: Stage): Line {
  const [first] = stage.is === "seen" ? stage.by : [];
  if (stage.is !== "seen" || !first) return { words: tl("stage_seen"), about: tl("stage_waits"), is: "open" };
  return {
    words: tl("stage_seen_by", { names: namesOf(stage.by) }),
    about: near(first.statedAt),
    is: "done",
  };
}

const ICONS = { done, open, wrong };

/** Queued → delivered → seen by name, each with its time, or that it is not so yet. */
export function Stages({ stage, at }: { stage: Stage; at: string }) {
  const queued: Line = { words: tl("stage_queued"), about: near(at), is: "done" };
  return (
    <ol class="stages">
      {[queued, delivered(stage), seen(stage)].map((line) => (
        <li key={line.words} class={line.is}>
          <Icon svg={ICONS[line.is]} />
          <span>{line.words}</span>
          <small>{line.about}</small>
        </li>
      ))}
    </ol>
  );
}

import inbox from "lucide-static/icons/inbox.svg?raw";
import siren from "lucide-static/icons/siren.svg?raw";
import { ty } from "../text/waiting";
import { Banner, LinkButton } from "../ui";
import { waitingHref } from "./routes";
import type { Change } from "./types";
import { useResource } from "./use-resource";
import { askWaiting } from "./waiting";

/** What may begin or end a wait; whatever else does is found when the desk looks again, within the minute. */
const KINDS = ["alert", "quarantine", "shift"];
const concerns = ({ kinds, shifts }: Change) =>
  shifts.length === 0 || kinds.some((kind) => KINDS.includes(kind));

/** Where the evening begins: that something waits where no shift shows it; a call for help above all. */
export function WaitingLine() {
  const found = useResource("waiting", askWaiting.count, concerns).loaded.value;
  // That there is no network, or no sign-in, is told by the board beside this.
  if (found.state === "error" && found.problem === "failed")
    return <p class="quiet-words">{ty("line_unknown")}</p>;
  if (found.state === "loading" || found.state === "error" || found.data.count === 0) return null;
  const { count, calls } = found.data;
  if (calls > 0)
    return (
      <Banner
        tone="danger"
        icon={siren}
        action={<LinkButton href={waitingHref()}>{ty("to_page")}</LinkButton>}
      >
        <p>{ty("calls", { n: calls })}</p>
        {count > calls ? <p>{ty("line", { n: count })}</p> : null}
      </Banner>
    );
  return (
    <p class="row">
      <LinkButton icon={inbox} href={waitingHref()}>
        {ty("line", { n: count })}
      </LinkButton>
    </p>
  );
}

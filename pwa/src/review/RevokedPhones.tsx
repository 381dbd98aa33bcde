import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { dateTime, timeNear } from "../text";
import { tr } from "../text/review";
import { Banner, Button, Section } from "../ui";
import { ask } from "./ask";
import { known, minute_ms } from "./desk-state";
import { title } from "./entry-words";
import { names } from "./names";
import type { Entry, RevokedPhone } from "./types";
import { useResource } from "./use-resource";

function Handed({ entry }: { entry: Entry }) {
  const words = names(known.value, []);
  const isHeld = entry.kind === "quarantined";
  return (
    <li>
      <p>
        <time dateTime={entry.stated_at}>{dateTime(entry.stated_at)}</time> · {title(entry, words)} ·{" "}
        {entry.author.name || tr("unknown_person")}
      </p>
      {isHeld
        ? entry.said.map((said) => (
            <p key={said} class="entry-text">
              {said}
            </p>
          ))
        : null}
    </li>
  );
}

interface CardProps {
  phone: RevokedPhone;
  onDone: () => void;
}

/** What it handed in is read first, and only then taken in: the button lies below it. */
function PhoneCard({ phone, onDone }: CardProps) {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const { label, count, strangers, entries } = phone;
  const takeIn = async () => {
    setBusy(true);
    try {
      await ask.takeIn(phone);
      setTrouble("");
    } catch (error) {
      setTrouble(tr(error instanceof ApiError && error.status === 409 ? "revoked_newer" : "revoked_failed"));
    }
    setBusy(false);
    onDone();
  };
  return (
    <article class="shift-card">
      <header>
        <h3>{label || tr("a_phone")}</h3>
        <p>
          {tr("revoked_count", { n: count })} ·{" "}
          {tr("heard", { time: timeNear(phone.last_at, minute_ms.value) })}
        </p>
      </header>
      <details>
        <summary>{tr("revoked_read")}</summary>
        <ol class="revoked-entries">
          {entries.map((entry) => (
            <Handed key={entry.seq} entry={entry} />
          ))}
        </ol>
        {entries.length < count ? (
          <p class="quiet-words">{tr("revoked_shown", { n: entries.length })}</p>
        ) : null}
        {strangers > 0 ? <p>{tr("revoked_strangers", { n: strangers })}</p> : null}
        {strangers < count ? (
          <Button tone="main" busy={isBusy} onPress={() => void takeIn()}>
            {tr("revoked_take_in", { n: count - strangers })}
          </Button>
        ) : null}
      </details>
      {trouble ? <Banner tone="danger">{trouble}</Banner> : null}
    </article>
  );
}

/** Phones that were revoked while they held something. Nothing is shown where there are none. */
export function RevokedPhones() {
  const found = useResource("revoked", ask.revoked, () => false);
  const loaded = found.loaded.value;
  // That there is no network, or no sign-in, is told by the board beside this.
  if (loaded.state === "error" && loaded.problem === "failed")
    return <p class="quiet-words">{tr("revoked_unknown")}</p>;
  if (loaded.state === "loading" || loaded.state === "error" || loaded.data.length === 0) return null;
  return (
    <Section title={tr("revoked")}>
      <p>{tr("revoked_about")}</p>
      {loaded.data.map((phone) => (
        <PhoneCard key={phone.device} phone={phone} onDone={found.refresh} />
      ))}
    </Section>
  );
}

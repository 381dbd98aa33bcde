import { useEffect, useState } from "preact/hooks";
import { handOver } from "../../device/share";
import { drafts } from "../../outbox";
import { unsentPhotos } from "../../store/photos";
import { me, ownOps, settings, unsentCount } from "../../store/state";
import { list } from "../../text";
import { to } from "../../text/own";
import { Banner, Button, Loading, Page, Section } from "../../ui";
import { DESK, SETTINGS } from "../../ui/routes";
import { hasDesk } from "../roles";
import { Facts } from "../status/Facts";
import { type OwnData, readOwn, type Section as Stored } from "./ask";
import { makeOwnFile } from "./file";
import { keptWords, kindTitle, rows } from "./words";

function Phone() {
  return (
    <Section title={to("phone")}>
      <Facts
        rows={[
          [to("phone_records"), String(ownOps.value.length)],
          [to("phone_unsent"), String(unsentCount.value)],
          [to("phone_drafts"), String(drafts.value.length)],
          [to("phone_photos"), String(unsentPhotos.value)],
          [to("phone_number"), settings.value.ownNumber || to("none")],
          [to("phone_language"), settings.value.language === "sv" ? "Svenska" : "English"],
          [to("kept"), to("phone_kept")],
        ]}
      />
    </Section>
  );
}

/** How many, how long, and the list behind. */
function Kind({ section, data }: { section: Stored; data: OwnData }) {
  const { kind, total, items } = section;
  return (
    <details class="card own-kind">
      <summary>
        <span>{kindTitle(kind)}</span> <strong>{total}</strong>
      </summary>
      <p class="quiet-words">
        {to("kept")}: {keptWords(section, data)}
      </p>
      <ol>
        {items.map((item, at) => (
          <li key={at}>
            <Facts rows={rows(item)} />
          </li>
        ))}
      </ol>
      {items.length < total ? (
        <p class="quiet-words">{to("more", { shown: items.length, n: total })}</p>
      ) : null}
    </details>
  );
}

function Server() {
  const [data, setData] = useState<OwnData | "reading" | "failed">("reading");
  const read = () => {
    setData("reading");
    readOwn().then(setData, () => setData("failed"));
  };
  useEffect(read, []);
  if (data === "reading") return <Loading what={to("reading")} />;
  if (data === "failed")
    return (
      <Banner tone="note" action={<Button onPress={read}>{to("again")}</Button>}>
        {to("offline")}
      </Banner>
    );
  const none = data.sections.filter(({ total }) => total === 0).map(({ kind }) => kindTitle(kind));
  return (
    <Section title={to("server")}>
      {data.sections
        .filter(({ total }) => total > 0)
        .map((section) => (
          <Kind key={section.kind} section={section} data={data} />
        ))}
      {none.length > 0 ? <p class="quiet-words">{to("empty", { what: list(none) })}</p> : null}
      <p class="quiet-words">{to("journal")}</p>
    </Section>
  );
}

type Phase = { is: "open" | "making" | "failed" | "saved" | "shared" | "left" } | { is: "ready"; file: File };
const SAID: Partial<Record<Phase["is"], () => string>> = {
  making: () => to("making"),
  ready: () => to("ready"),
  saved: () => to("saved"),
  shared: () => to("shared"),
};

function SaveFile() {
  const [phase, setPhase] = useState<Phase>({ is: "open" });
  const give = async (file: File) => setPhase({ is: await handOver(file) });
  const make = async () => {
    setPhase({ is: "making" });
    try {
      const file = await makeOwnFile();
      // Made so slowly that the phone wants another tap before it hands a file out.
      if (navigator.userActivation?.isActive === false) setPhase({ is: "ready", file });
      else await give(file);
    } catch {
      setPhase({ is: "failed" });
    }
  };
  return (
    <div class="stack">
      <p class="quiet-words">{to("file_about")}</p>
      <p role="status">{SAID[phase.is]?.() ?? ""}</p>
      {phase.is === "failed" ? <Banner tone="danger">{to("failed")}</Banner> : null}
      {phase.is === "ready" ? (
        <Button tone="main" wide onPress={() => void give(phase.file)}>
          {to("give")}
        </Button>
      ) : null}
      <Button wide busy={phase.is === "making"} onPress={() => void make()}>
        {to("file")}
      </Button>
    </div>
  );
}

/** What is stored about me, where, and for how long. */
export default function OwnScreen() {
  return (
    <Page title={to("title")} back={hasDesk(me.value?.role) ? DESK : SETTINGS}>
      <p>{to("about")}</p>
      <SaveFile />
      <Phone />
      <Server />
    </Page>
  );
}

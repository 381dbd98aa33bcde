import arrow from "lucide-static/icons/arrow-left.svg?raw";
import printer from "lucide-static/icons/printer.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { dateTime } from "../text";
import { tg } from "../text/guard";
import { tw } from "../text/week";
import { Banner, Button, LinkButton, Section } from "../ui";
import type { Edition } from "./answers";
import { ask } from "./ask";
import { RecordTable } from "./RecordTable";
import { weekHref } from "./routes";
import { numberOf } from "./rules";
import { WeekFigures } from "./WeekFigures";

/** What was frozen stays; what has been corrected since is told beside it. */
function Since({ edition }: { edition: Edition }) {
  const { corrected, corrected_restricted, late } = edition;
  const n = corrected.length + corrected_restricted;
  return (
    <div class="since">
      {n > 0 ? (
        <Banner tone="calm">
          ⚑ {tw("edition_corrected", { n })}
          {corrected_restricted > 0 ? `. ${tw("edition_closed", { n: corrected_restricted })}` : ""}
        </Banner>
      ) : (
        <p class="quiet-words">{tw("edition_right")}</p>
      )}
      {late > 0 ? <p>{tw("edition_late", { n: late })}</p> : null}
      {corrected.length > 0 ? (
        <RecordTable rows={corrected} caption={tw("edition_corrected", { n: corrected.length })} />
      ) : null}
    </div>
  );
}

export function EditionPage({ week, id }: { week: string; id: string }) {
  const found = useResource(
    id,
    (stop) => ask.edition(id, stop),
    ({ kinds }) => kinds.includes("observation"),
  );
  const loaded = found.loaded.value;
  const n = loaded.state === "ready" || loaded.state === "stale" ? loaded.data.number : "…";
  return (
    <DeskPage
      title={tw("edition", { n, week: numberOf(week) })}
      lead={
        <LinkButton tone="quiet" icon={arrow} href={weekHref(week)}>
          {tw("edition_back")}
        </LinkButton>
      }
      action={
        <Button icon={printer} onPress={() => window.print()}>
          {tw("print")}
        </Button>
      }
    >
      <Fetched resource={found}>
        {(edition) => (
          <article class="edition">
            <p class="quiet-words">{tw("edition_line", { time: dateTime(edition.stated_at) })}</p>
            <Since edition={edition} />
            <Section title={tw("words")}>
              <p class="said">{edition.hidden ? tg("hidden") : edition.text || tw("words_none")}</p>
            </Section>
            <WeekFigures figures={edition.figures} isLinked={false} />
          </article>
        )}
      </Fetched>
    </DeskPage>
  );
}

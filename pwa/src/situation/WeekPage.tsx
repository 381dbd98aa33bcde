import printer from "lucide-static/icons/printer.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { date, dateTime } from "../text";
import { eveningOf } from "../text/clock";
import { tw } from "../text/week";
import { Button, Empty, LinkButton, route } from "../ui";
import type { Week } from "./answers";
import { ask } from "./ask";
import { EditionPage } from "./EditionPage";
import { Editions } from "./Editions";
import { RecordsPage } from "./RecordsPage";
import { recordsHref, weekHref } from "./routes";
import { askedOf, beside, dateOfMonday, isWeek, numberOf, weekOf, weekToMeetOn, yearOf } from "./rules";
import { WeekFigures } from "./WeekFigures";
import { useWords, Words } from "./Words";
import "./week.css";

const CHANGES = ["observation", "escalation", "shift", "followup", "situation"];

const evening = () => eveningOf(new Date(minute_ms.value).toISOString());
const weekNow = () => weekOf(evening());
const noon = (day: string) => date(`${day}T12:00:00Z`);

function Chooser({ week }: { week: string }) {
  return (
    <nav class="row week-chooser" aria-label={tw("title", { n: numberOf(week), year: yearOf(week) })}>
      <LinkButton href={weekHref(beside(week, -1))}>← {tw("previous")}</LinkButton>
      <LinkButton href={weekHref(beside(week, 1))}>{tw("next")} →</LinkButton>
      {week === weekNow() ? null : (
        <LinkButton tone="quiet" href={weekHref(weekNow())}>
          {tw("this")}
        </LinkButton>
      )}
    </nav>
  );
}

function Found({ week, found, onStale }: { week: string; found: Week; onStale: () => void }) {
  const { figures, said, editions, restricted } = found;
  const words = useWords(week, said);
  const isEmpty = figures.cells.length === 0 && figures.meetings.now === 0 && figures.rounds.now === 0;
  return (
    <>
      <p class="quiet-words">
        {tw("span", { from: noon(dateOfMonday(week)), to: noon(dateOfMonday(beside(week, 1))) })}{" "}
        {tw("as_of", { time: dateTime(figures.as_of) })}
      </p>
      <div class="week-words">
        <Words editing={words} isHidden={said?.hidden ?? false} />
        <Editions
          week={week}
          editions={editions}
          version={said?.version ?? null}
          isUnsaved={words.isTouched}
          onStale={onStale}
        />
      </div>
      {restricted ? <p class="quiet-words">{tw("restricted", { n: restricted })}</p> : null}
      {isEmpty ? (
        <Empty title={tw("none")}>
          <p>{tw("none_why")}</p>
        </Empty>
      ) : null}
      <WeekFigures figures={figures} isLinked />
    </>
  );
}

function OneWeek({ week }: { week: string }) {
  const found = useResource(
    week,
    (stop) => ask.week(week, stop),
    ({ kinds }) => kinds.some((kind) => CHANGES.includes(kind)),
  );
  return (
    <DeskPage
      title={tw("title", { n: numberOf(week), year: yearOf(week) })}
      action={
        <Button icon={printer} onPress={() => window.print()}>
          {tw("print")}
        </Button>
      }
    >
      <Chooser week={week} />
      <Fetched resource={found}>
        {(data) => <Found week={week} found={data} onStale={found.refresh} />}
      </Fetched>
    </DeskPage>
  );
}

/** The page for the Monday meeting. */
export default function WeekPage() {
  const [, said, what, id] = route.value.path;
  const week = isWeek(said) ? said : weekToMeetOn(evening());
  if (what === "utgava" && id) return <EditionPage key={id} week={week} id={id} />;
  if (what === "poster") {
    const asked = askedOf(route.value.query);
    return <RecordsPage key={recordsHref(week, asked)} week={week} asked={asked} />;
  }
  return <OneWeek key={week} week={week} />;
}

import { number } from "../text";
import { tw } from "../text/week";
import type { Figures } from "./answers";
import { perHour } from "./rules";
import { Count, orDash } from "./Tables";

interface TileProps {
  name: string;
  value: preact.ComponentChildren;
  counts?: Figures["incidents"];
  about?: string;
}

function Tile({ name, value, counts, about }: TileProps) {
  const beside = counts
    ? [
        counts.mean === null ? tw("mean_none") : tw("mean", { value: number(counts.mean, 1) }),
        counts.last_year === null ? "" : tw("last_year", { value: number(counts.last_year) }),
      ]
    : [];
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {counts ? <small>{beside.filter(Boolean).join(" · ")}</small> : null}
        {about ? <small>{about}</small> : null}
      </dd>
    </div>
  );
}

/** The week in five numbers. */
export function Summary({ figures, isLinked }: { figures: Figures; isLinked: boolean }) {
  const { week, incidents, meetings, rounds, hours } = figures;
  const count = (n: number, asked: Record<string, string>, name: string) => (
    <Count n={n} week={week} asked={isLinked ? asked : null} name={name} />
  );
  return (
    <dl class="tiles">
      <Tile
        name={tw("incidents")}
        value={count(incidents.now, {}, tw("incidents"))}
        counts={incidents}
        about={tw("incidents_about")}
      />
      <Tile
        name={tw("meetings")}
        value={count(meetings.now, { group: "K" }, tw("meetings"))}
        counts={meetings}
      />
      <Tile name={tw("rounds")} value={count(rounds.now, { category: "E2" }, tw("rounds"))} counts={rounds} />
      <Tile name={tw("hours")} value={number(hours, 1)} about={tw("hours_about")} />
      <Tile name={tw("per_hour")} value={orDash(perHour(incidents.now, hours), 2)} />
    </dl>
  );
}

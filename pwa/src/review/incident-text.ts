/** The text for the employer's incident system (KIA and the like): what happened, and nobody's name. Pure. */
import type { ObservationValue } from "../store/types";
import { list } from "../text";
import { wallOf } from "../text/clock";
import { tr } from "../text/review";
import type { Names } from "./names";

/** Threat, violence or incident against staff. */
export const AGAINST_STAFF = "X1";

/** With its year: another system keeps it for long. */
function moment(iso: string): string {
  const { date, time } = wallOf(Date.parse(iso));
  return `${date} ${time}`;
}

function whenWords({ kind, from, to }: ObservationValue["happened"]): string {
  const span = to === null ? moment(from) : `${moment(from)}–${moment(to)}`;
  return kind === "about" ? tr("incident_about", { time: span }) : span;
}

export function incidentText(value: ObservationValue, names: Names): string {
  const place = [value.place_id ? names.place(value.place_id) : null, value.place_text];
  const lines: [string, string][] = [
    [tr("incident_what"), names.category(value.category)],
    [tr("incident_when"), whenWords(value.happened)],
    [tr("incident_where"), list(place.filter((one) => one !== null))],
    [tr("incident_happened"), value.text ?? ""],
    [tr("incident_done"), list(value.actions.map((code) => names.action(code)))],
  ];
  return lines.map(([label, said]) => `${label}: ${said === "" ? tr("incident_unsaid") : said}`).join("\n");
}

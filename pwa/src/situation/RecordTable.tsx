import { known } from "../review/desk-state";
import { names } from "../review/names";
import { isOverseer, recordHref } from "../review/who";
import { dateTime, list } from "../text";
import { tw } from "../text/week";
import type { RecordRow } from "./answers";

function toShift({ shift_id, id, happened_from }: RecordRow) {
  const href = recordHref(shift_id, id);
  if (href === null) return null;
  return (
    <a class="count" href={href} aria-label={`${tw("to_shift")}: ${dateTime(happened_from)}`}>
      {tw("to_shift")}
    </a>
  );
}

/** What, where and when; the words are read in the shift, where a reading is noted. */
export function RecordTable({ rows, caption }: { rows: readonly RecordRow[]; caption: string }) {
  const { category, action, service } = names(known.value, []);
  return (
    <table class="week-table records">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{tw("when")}</th>
          <th scope="col" class="wide-cell">
            {tw("what")}
          </th>
          <th scope="col" class="wide-cell">
            {tw("where")}
          </th>
          {isOverseer.value ? (
            <th scope="col" class="wide-cell">
              {tw("to_shift")}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{dateTime(row.happened_from)}</th>
            <td class="wide-cell">
              {row.category === null ? service(row.service ?? "") : category(row.category)}
              {row.status === "retracted" ? ` · ${tw("retracted")}` : ""}
              {row.status === "amended" ? ` · ${tw("amended")}` : ""}
              {row.actions.length > 0 ? ` · ${list(row.actions.map(action))}` : ""}
            </td>
            <td class="wide-cell">{row.name ?? (row.category === null ? "–" : tw("place_none"))}</td>
            {isOverseer.value ? <td class="wide-cell">{toShift(row)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

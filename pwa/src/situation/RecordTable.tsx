import { known } from "../review/desk-state";
import { names } from "../review/names";
import { shiftHref } from "../review/routes";
import { dateTime, list } from "../text";
import { tw } from "../text/week";
import type { RecordRow } from "./answers";

/** What, where and when; the words are read in the shift, where a reading is noted. */
export function RecordTable({ rows, caption }: { rows: readonly RecordRow[]; caption: string }) {
  const { category, action, service } = names(known.value, []);
  return (
    <table class="week-table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{tw("when")}</th>
          <th scope="col">{tw("what")}</th>
          <th scope="col">{tw("where")}</th>
          <th scope="col">{tw("to_shift")}</th>
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
            <td class="wide-cell">
              {row.shift_id ? (
                <a
                  class="count"
                  href={shiftHref(row.shift_id)}
                  aria-label={`${tw("to_shift")}: ${dateTime(row.happened_from)}`}
                >
                  {tw("to_shift")}
                </a>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

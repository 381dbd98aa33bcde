import { useState } from "preact/hooks";
import { tr } from "../text/review";
import { Button, Empty, Field, go, LinkButton, route, SubmitButton } from "../ui";
import { ask, PAGE_SIZE, type ShiftFilter } from "./ask";
import { DeskPage } from "./DeskPage";
import { Fetched } from "./Fetched";
import { filterFrom, SHIFTS, shiftsHref } from "./routes";
import { ShiftTable } from "./ShiftTable";
import type { ShiftPage } from "./types";
import { useResource } from "./use-resource";

interface DateProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
}

function DateField({ label, value, onInput }: DateProps) {
  return (
    <Field label={label}>
      {({ id }) => (
        <input id={id} type="date" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}

/** What is typed stays here until it is asked for: an answer that comes meanwhile never touches the fields. */
function Filter({ filter }: { filter: ShiftFilter }) {
  const [from, setFrom] = useState(filter.from ?? "");
  const [to, setTo] = useState(filter.to ?? "");
  return (
    <form
      class="desk-filter"
      onSubmit={(event) => {
        event.preventDefault();
        go(shiftsHref({ from: from || null, to: to || null, page: 1 }));
      }}
    >
      <DateField label={tr("from")} value={from} onInput={setFrom} />
      <DateField label={tr("to")} value={to} onInput={setTo} />
      <SubmitButton>{tr("filter")}</SubmitButton>
      {filter.from || filter.to ? (
        <Button
          tone="quiet"
          onPress={() => {
            setFrom("");
            setTo("");
            go(SHIFTS);
          }}
        >
          {tr("clear")}
        </Button>
      ) : null}
    </form>
  );
}

function Pager({ page, filter }: { page: ShiftPage; filter: ShiftFilter }) {
  const pages = Math.max(1, Math.ceil(page.total / (page.limit || PAGE_SIZE)));
  if (pages === 1) return <p class="quiet-words">{tr("total", { n: page.total })}</p>;
  const at = filter.page;
  return (
    <nav class="row pager" aria-label={tr("page", { page: at, pages })}>
      {at > 1 ? (
        <LinkButton href={shiftsHref({ ...filter, page: at - 1 })}>{tr("page_previous")}</LinkButton>
      ) : null}
      <span>{tr("page", { page: at, pages })}</span>
      {at < pages ? (
        <LinkButton href={shiftsHref({ ...filter, page: at + 1 })}>{tr("page_next")}</LinkButton>
      ) : null}
    </nav>
  );
}

export function Shifts() {
  const filter = filterFrom(route.value.query);
  const key = shiftsHref(filter);
  const shifts = useResource(
    key,
    (stop) => ask.shifts(filter, stop),
    () => true,
  );
  const narrowed = filter.from !== null || filter.to !== null;
  return (
    <DeskPage title={tr("shifts")}>
      <Filter filter={filter} />
      <Fetched resource={shifts}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={narrowed ? tr("shifts_none_match") : tr("shifts_none")}>
              {narrowed ? null : <p>{tr("shifts_none_why")}</p>}
            </Empty>
          ) : (
            <>
              <ShiftTable shifts={page.items} />
              <Pager page={page} filter={filter} />
            </>
          )
        }
      </Fetched>
    </DeskPage>
  );
}

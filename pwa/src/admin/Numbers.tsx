import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { date } from "../text";
import { ta } from "../text/admin";
import { wallOf } from "../text/clock";
import { named } from "../text/engine";
import { Banner, Button, Empty } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { ServiceNumber } from "./answers";
import { ask } from "./ask";
import { BackToSettings } from "./BackToSettings";
import { heldNumber, NumberForm } from "./NumberForm";
import { useRow } from "./useRow";
import "./admin.css";

const DAY_MS = 86_400_000;
const OLD_DAYS = 90;

/** In use, and not made sure of for so long that it may be wrong. */
export function isOld({ active, checked_on }: ServiceNumber, now_ms: number): boolean {
  return active && (checked_on === null || now_ms - Date.parse(checked_on) > OLD_DAYS * DAY_MS);
}

function serviceName(code: string): string {
  const found = known.value?.vocabulary.services.find((one) => one.code === code);
  return found ? named(found) : code;
}

function checkedWords(found: ServiceNumber, now_ms: number): string {
  if (!found.active) return ta("retired");
  if (found.checked_on === null) return ta("checked_never");
  const day = date(`${found.checked_on}T12:00:00Z`);
  return isOld(found, now_ms) ? ta("checked_old", { day }) : day;
}

interface RowProps {
  found: ServiceNumber;
  today: string;
  onEdit: () => void;
  onCheck: () => void;
}

function Row({ found, today, onEdit, onCheck }: RowProps) {
  const old = isOld(found, minute_ms.value);
  return (
    <Tr class={found.active ? undefined : "off"}>
      <Th scope="row">
        {found.name} <small class="quiet-words">{serviceName(found.service)}</small>
      </Th>
      <Td data-label={ta("number")}>{found.number ?? ""}</Td>
      <Td data-label={ta("hours")}>{found.hours ?? ""}</Td>
      <Td data-label={ta("checked")} class={old ? "old" : undefined}>
        {checkedWords(found, minute_ms.value)}
      </Td>
      <Td class="act">
        {found.active && found.checked_on !== today ? (
          <Button tone="quiet" name={ta("checked_today_who", { name: found.name })} onPress={onCheck}>
            {ta("checked_today")}
          </Button>
        ) : null}
        <Button tone="quiet" name={ta("edit_who", { name: found.name })} onPress={onEdit}>
          {ta("edit")}
        </Button>
      </Td>
    </Tr>
  );
}

function Head() {
  return (
    <Thead>
      <Tr>
        <Th scope="col">{ta("name")}</Th>
        <Th scope="col">{ta("number")}</Th>
        <Th scope="col">{ta("hours")}</Th>
        <Th scope="col">{ta("checked")}</Th>
        <Th scope="col">
          <span class="sr-only">{ta("edit")}</span>
        </Th>
      </Tr>
    </Thead>
  );
}

type Open = { is: "no" } | { is: "new" } | { is: "one"; id: string };

/** The numbers that hosts call: edited, checked with one tap, and seen when they are old. */
export default function Numbers() {
  const found = useResource("numbers", ask.numbers, ({ kinds }) => kinds.includes("contact"));
  const [open, setOpen] = useState<Open>({ is: "no" });
  const { save, told } = useRow(found.refresh);
  const today = wallOf(minute_ms.value).date;
  const close = () => {
    setOpen({ is: "no" });
    found.refresh();
  };
  const check = (one: ServiceNumber) => {
    const { version, value } = heldNumber(one);
    return save(() => ask.saveNumber(one.id, version, { ...value, checked_on: today }));
  };
  return (
    <DeskPage
      title={ta("numbers")}
      lead={<BackToSettings />}
      action={
        <Button tone="main" onPress={() => setOpen({ is: "new" })}>
          {ta("number_new")}
        </Button>
      }
    >
      <p class="quiet-words">{ta("numbers_about")}</p>
      {told}
      <Fetched resource={found}>
        {(numbers) => {
          const old = numbers.filter((one) => isOld(one, minute_ms.value)).length;
          const one = open.is === "one" ? numbers.find(({ id }) => id === open.id) : undefined;
          return (
            <>
              {old > 0 ? <Banner tone="note">{ta("numbers_old", { n: old })}</Banner> : null}
              {numbers.length === 0 ? (
                <Empty title={ta("numbers_none")} />
              ) : (
                <Table class="desk-table">
                  <caption class="sr-only">{ta("numbers")}</caption>
                  <Head />
                  <Tbody>
                    {numbers.map((row) => (
                      <Row
                        key={row.id}
                        found={row}
                        today={today}
                        onEdit={() => setOpen({ is: "one", id: row.id })}
                        onCheck={() => void check(row)}
                      />
                    ))}
                  </Tbody>
                </Table>
              )}
              {one ? <NumberForm key={one.id} found={one} today={today} onClose={close} /> : null}
            </>
          );
        }}
      </Fetched>
      {open.is === "new" ? <NumberForm found={null} today={today} onClose={close} /> : null}
    </DeskPage>
  );
}

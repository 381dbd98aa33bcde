import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { me } from "../store/state";
import { dateTime } from "../text";
import { ta } from "../text/admin";
import { Button, Empty } from "../ui";
import { now_ms } from "../ui/now";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { Invited, PersonRow } from "./answers";
import { ask } from "./ask";
import { BackToSettings } from "./BackToSettings";
import { InviteForm } from "./InviteForm";
import { LinkShown } from "./LinkShown";
import { PersonForm } from "./PersonForm";
import { Phones } from "./Phones";
import { roleWord } from "./words";
import "./admin.css";

export function stateWord({ active, has_password, invited_until }: PersonRow): string {
  if (!active) return ta("state_disabled");
  if (has_password) return ta("state_active");
  if (invited_until === null || Date.parse(invited_until) < now_ms.value) return ta("state_expired");
  return ta("state_invited", { time: dateTime(invited_until) });
}

interface RowProps {
  person: PersonRow;
  onEdit: (() => void) | null;
}

function Row({ person, onEdit }: RowProps) {
  return (
    <Tr class={person.active ? undefined : "off"}>
      <Th scope="row">{person.name}</Th>
      <Td data-label={ta("username")}>{person.username}</Td>
      <Td data-label={ta("role")}>{roleWord(person.role)}</Td>
      <Td data-label={ta("state")}>{stateWord(person)}</Td>
      {onEdit ? (
        <Td class="act">
          <Button tone="quiet" name={ta("edit_who", { name: person.name })} onPress={onEdit}>
            {ta("edit")}
          </Button>
        </Td>
      ) : null}
    </Tr>
  );
}

interface TableProps {
  people: readonly PersonRow[];
  onEdit: ((id: string) => void) | null;
}

function PeopleTable({ people, onEdit }: TableProps) {
  return (
    <Table class="desk-table">
      <caption class="sr-only">{ta("people")}</caption>
      <Thead>
        <Tr>
          <Th scope="col">{ta("name")}</Th>
          <Th scope="col">{ta("username")}</Th>
          <Th scope="col">{ta("role")}</Th>
          <Th scope="col">{ta("state")}</Th>
          {onEdit ? (
            <Th scope="col">
              <span class="sr-only">{ta("edit")}</span>
            </Th>
          ) : null}
        </Tr>
      </Thead>
      <Tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} onEdit={onEdit && (() => onEdit(person.id))} />
        ))}
      </Tbody>
    </Table>
  );
}

type Open =
  | { is: "no" }
  | { is: "new" }
  | { is: "person"; id: string }
  | { is: "link"; name: string; invited: Invited };

/** Who has an account. Supervisors read it; administrators change it. */
export default function People() {
  const found = useResource("people", ask.people, ({ kinds }) => kinds.includes("user"));
  const [open, setOpen] = useState<Open>({ is: "no" });
  const mayEdit = me.value?.role === "admin";
  const close = () => {
    setOpen({ is: "no" });
    found.refresh();
  };
  return (
    <DeskPage
      title={ta("people")}
      lead={<BackToSettings />}
      action={
        mayEdit ? (
          <Button tone="main" onPress={() => setOpen({ is: "new" })}>
            {ta("person_new")}
          </Button>
        ) : undefined
      }
    >
      <p class="quiet-words">{mayEdit ? ta("people_about") : ta("people_read_only")}</p>
      <Fetched resource={found}>
        {(people) => {
          const person = open.is === "person" ? people.find(({ id }) => id === open.id) : undefined;
          return (
            <>
              {people.length === 0 ? (
                <Empty title={ta("people_none")} />
              ) : (
                <PeopleTable
                  people={people}
                  onEdit={mayEdit ? (id) => setOpen({ is: "person", id }) : null}
                />
              )}
              {person ? (
                <PersonForm
                  key={person.id}
                  person={person}
                  onClose={close}
                  onSaved={close}
                  onInvited={(invited) => setOpen({ is: "link", name: person.name, invited })}
                />
              ) : null}
            </>
          );
        }}
      </Fetched>
      <Phones mayEdit={mayEdit} />
      {open.is === "new" ? (
        <InviteForm onClose={close} onInvited={(name, invited) => setOpen({ is: "link", name, invited })} />
      ) : null}
      {open.is === "link" ? <LinkShown name={open.name} invited={open.invited} onClose={close} /> : null}
    </DeskPage>
  );
}

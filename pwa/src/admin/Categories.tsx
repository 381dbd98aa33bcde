import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { me } from "../store/state";
import { list } from "../text";
import { ta } from "../text/admin";
import { tk } from "../text/category";
import { named } from "../text/engine";
import { Button, Empty, Section } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { CategoryGroup, CategoryRow } from "./answers";
import { ask } from "./ask";
import { BackToSettings } from "./BackToSettings";
import { CategoryForm, heldCategory } from "./CategoryForm";
import { photosWord, protectionWord } from "./category-words";
import { useRow } from "./useRow";
import "./admin.css";

const KINDS = ["category", "vocabulary"];

interface Acts {
  mayEdit: boolean;
  onShow: (id: string) => void;
  onSwitch: (one: CategoryRow) => void;
}

function stateWord({ locked, active }: CategoryRow): string {
  return locked ? tk("locked") : tk(active ? "on" : "off");
}

function Row({ found, mayEdit, onShow, onSwitch }: Acts & { found: CategoryRow }) {
  const name = named(found);
  const isOpen = mayEdit && found.own;
  return (
    <Tr class={found.active ? undefined : "off"}>
      <Th scope="row">
        {name} <small class="quiet-words">{found.own ? `${found.code}, ${tk("own")}` : found.code}</small>
      </Th>
      <Td data-label={tk("protection")}>{protectionWord(found.protection)}</Td>
      <Td data-label={tk("photos")}>{photosWord(found.photos)}</Td>
      <Td data-label={tk("state")}>{stateWord(found)}</Td>
      <Td class="act">
        {mayEdit && !found.locked ? (
          <Button
            tone="quiet"
            name={tk(found.active ? "switch_off_who" : "switch_on_who", { name })}
            onPress={() => onSwitch(found)}
          >
            {tk(found.active ? "switch_off" : "switch_on")}
          </Button>
        ) : null}
        <Button
          tone="quiet"
          name={isOpen ? ta("edit_who", { name }) : tk("show_who", { name })}
          onPress={() => onShow(found.id)}
        >
          {isOpen ? ta("edit") : tk("show")}
        </Button>
      </Td>
    </Tr>
  );
}

function Group({ group, rows, ...acts }: Acts & { group: CategoryGroup; rows: readonly CategoryRow[] }) {
  return (
    <Section title={named(group)}>
      <Table class="desk-table category-table">
        <caption class="sr-only">{named(group)}</caption>
        <Thead>
          <Tr>
            <Th scope="col">{ta("name")}</Th>
            <Th scope="col">{tk("protection")}</Th>
            <Th scope="col">{tk("photos")}</Th>
            <Th scope="col">{tk("state")}</Th>
            <Th scope="col">
              <span class="sr-only">{ta("edit")}</span>
            </Th>
          </Tr>
        </Thead>
        <Tbody>
          {rows.map((row) => (
            <Row key={row.id} found={row} {...acts} />
          ))}
        </Tbody>
      </Table>
    </Section>
  );
}

interface ListProps extends Acts {
  groups: readonly CategoryGroup[];
  categories: readonly CategoryRow[];
}

function Groups({ groups, categories, ...acts }: ListProps) {
  if (categories.length === 0) return <Empty title={tk("none")} />;
  const locked = categories.filter((one) => one.locked).map(named);
  return (
    <>
      {locked.length > 0 ? <p class="quiet-words">{tk("locked_about", { names: list(locked) })}</p> : null}
      {groups.map((group) => {
        const rows = categories.filter((one) => one.group === group.code);
        return rows.length > 0 ? <Group key={group.code} group={group} rows={rows} {...acts} /> : null;
      })}
    </>
  );
}

type Open = { is: "no" } | { is: "new" } | { is: "one"; id: string };

/** What hosts choose among. Supervisors read it; administrators change it. */
export default function Categories() {
  const found = useResource("categories", ask.categories, ({ kinds }) =>
    kinds.some((kind) => KINDS.includes(kind)),
  );
  const [open, setOpen] = useState<Open>({ is: "no" });
  const { save, told } = useRow(found.refresh);
  const mayEdit = me.value?.role === "admin";
  const close = () => {
    setOpen({ is: "no" });
    found.refresh();
  };
  const toggle = (one: CategoryRow) => {
    const { version, value } = heldCategory(one);
    return save(() => ask.saveCategory(one.id, version, { ...value, active: !value.active }));
  };
  return (
    <DeskPage
      title={tk("title")}
      lead={<BackToSettings />}
      action={
        mayEdit ? (
          <Button tone="main" onPress={() => setOpen({ is: "new" })}>
            {tk("new")}
          </Button>
        ) : undefined
      }
    >
      <p class="quiet-words">{tk("about")}</p>
      {mayEdit ? null : <p class="quiet-words">{ta("people_read_only")}</p>}
      {told}
      <Fetched resource={found}>
        {({ groups, categories }) => {
          const one = open.is === "one" ? categories.find(({ id }) => id === open.id) : undefined;
          const takers = groups.filter((group) => group.open);
          return (
            <>
              <Groups
                groups={groups}
                categories={categories}
                mayEdit={mayEdit}
                onShow={(id) => setOpen({ is: "one", id })}
                onSwitch={(row) => void toggle(row)}
              />
              {one ? (
                <CategoryForm key={one.id} found={one} groups={takers} mayEdit={mayEdit} onClose={close} />
              ) : null}
              {open.is === "new" ? (
                <CategoryForm found={null} groups={takers} mayEdit onClose={close} />
              ) : null}
            </>
          );
        }}
      </Fetched>
    </DeskPage>
  );
}

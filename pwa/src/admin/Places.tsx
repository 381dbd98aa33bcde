import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { known } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { ta } from "../text/admin";
import { named } from "../text/engine";
import { tq } from "../text/places";
import { Button, Empty, Section, TextField } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import { AreaForm } from "./AreaForm";
import type { AreaRow, PlaceRow, PlacesAndAreas } from "./answers";
import { ask } from "./ask";
import { BackToSettings } from "./BackToSettings";
import { cornersOf, positionText } from "./degrees";
import { PlaceForm } from "./PlaceForm";
import { TakeIn } from "./TakeIn";
import "./admin.css";

export const kindWord = (code: string): string => {
  const found = known.value?.vocabulary.place_kinds.find((one) => one.code === code);
  return found ? named(found) : code;
};

const hit = (asked: string) => {
  const plain = asked.trim().toLocaleLowerCase("sv");
  return ({ name }: { name: string }) => name.toLocaleLowerCase("sv").includes(plain);
};

function EditCell({ name, onEdit }: { name: string; onEdit: () => void }) {
  return (
    <Td class="act">
      <Button tone="quiet" name={ta("edit_who", { name })} onPress={onEdit}>
        {ta("edit")}
      </Button>
    </Td>
  );
}

function Head({ columns }: { columns: readonly string[] }) {
  return (
    <Thead>
      <Tr>
        {columns.map((column) => (
          <Th key={column} scope="col">
            {column}
          </Th>
        ))}
        <Th scope="col">
          <span class="sr-only">{ta("edit")}</span>
        </Th>
      </Tr>
    </Thead>
  );
}

function PlaceTable(props: { places: PlaceRow[]; areas: AreaRow[]; onEdit: (id: string) => void }) {
  const areaName = new Map(props.areas.map(({ id, name }) => [id, name]));
  return (
    <Table class="desk-table">
      <caption class="sr-only">{tq("places")}</caption>
      <Head columns={[ta("name"), tq("kind"), tq("area"), tq("position"), ta("state")]} />
      <Tbody>
        {props.places.map((one) => (
          <Tr key={one.id} class={one.active ? undefined : "off"}>
            <Th scope="row">{one.name}</Th>
            <Td data-label={tq("kind")}>{kindWord(one.kind)}</Td>
            <Td data-label={tq("area")}>{areaName.get(one.area_id ?? "") ?? ""}</Td>
            <Td data-label={tq("position")}>{positionText(one)}</Td>
            <Td data-label={ta("state")}>{one.active ? "" : ta("retired")}</Td>
            <EditCell name={one.name} onEdit={() => props.onEdit(one.id)} />
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function cornersWord({ geometry }: AreaRow): string {
  const corners = cornersOf(geometry);
  return corners === null ? "" : tq("corners", { n: corners.length });
}

function AreaTable({ areas, onEdit }: { areas: AreaRow[]; onEdit: (id: string) => void }) {
  return (
    <Table class="desk-table">
      <caption class="sr-only">{tq("areas")}</caption>
      <Head columns={[ta("name"), tq("outline"), ta("state")]} />
      <Tbody>
        {areas.map((one) => (
          <Tr key={one.id} class={one.active ? undefined : "off"}>
            <Th scope="row">{one.name}</Th>
            <Td data-label={tq("outline")}>{cornersWord(one)}</Td>
            <Td data-label={ta("state")}>{one.active ? "" : ta("retired")}</Td>
            <EditCell name={one.name} onEdit={() => onEdit(one.id)} />
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

type Open = { is: "no" | "new-place" | "new-area" } | { is: "place" | "area"; id: string };

interface ListsProps {
  found: PlacesAndAreas;
  onOpen: (open: Open) => void;
}

function Lists({ found, onOpen }: ListsProps) {
  const [asked, setAsked] = useState("");
  const areas = found.areas.filter(hit(asked));
  const places = found.places.filter(hit(asked));
  const isNoMatch = asked.trim() !== "" && areas.length + places.length === 0;
  return (
    <>
      <TextField type="search" label={tq("search")} value={asked} onInput={setAsked} maxLength={120} />
      {isNoMatch ? <Empty title={tq("no_match")} /> : null}
      {isNoMatch || (asked && areas.length === 0) ? null : (
        <Section title={tq("areas")}>
          {areas.length === 0 ? (
            <Empty title={tq("areas_none")} />
          ) : (
            <AreaTable areas={areas} onEdit={(id) => onOpen({ is: "area", id })} />
          )}
        </Section>
      )}
      {isNoMatch || (asked && places.length === 0) ? null : (
        <Section title={tq("places")}>
          {places.length === 0 ? (
            <Empty title={tq("none")} />
          ) : (
            <PlaceTable places={places} areas={found.areas} onEdit={(id) => onOpen({ is: "place", id })} />
          )}
        </Section>
      )}
    </>
  );
}

const CONCERNS = ["place", "area"];

/** Places and areas that hosts choose among: edited, drawn, and taken in from a file. */
export default function Places() {
  const found = useResource("places", ask.places, ({ kinds }) =>
    kinds.some((kind) => CONCERNS.includes(kind)),
  );
  const [open, setOpen] = useState<Open>({ is: "no" });
  const close = () => {
    setOpen({ is: "no" });
    found.refresh();
  };
  return (
    <DeskPage
      title={tq("title")}
      lead={<BackToSettings />}
      action={
        <div class="row">
          <Button tone="main" onPress={() => setOpen({ is: "new-place" })}>
            {tq("place_new")}
          </Button>
          <Button onPress={() => setOpen({ is: "new-area" })}>{tq("area_new")}</Button>
        </div>
      }
    >
      <p class="quiet-words">{tq("about")}</p>
      <Fetched resource={found}>
        {(data) => {
          const place = open.is === "place" ? data.places.find(({ id }) => id === open.id) : undefined;
          const area = open.is === "area" ? data.areas.find(({ id }) => id === open.id) : undefined;
          const all = { places: data.places, areas: data.areas };
          return (
            <>
              <Lists found={data} onOpen={setOpen} />
              {place || open.is === "new-place" ? (
                <PlaceForm key={place?.id ?? "new"} {...all} found={place ?? null} onClose={close} />
              ) : null}
              {area || open.is === "new-area" ? (
                <AreaForm key={area?.id ?? "new"} {...all} found={area ?? null} onClose={close} />
              ) : null}
            </>
          );
        }}
      </Fetched>
      <TakeIn onTaken={found.refresh} />
    </DeskPage>
  );
}

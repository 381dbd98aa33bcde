import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { distance, time } from "../text/index";
import { tm } from "../text/map";
import { Section } from "../ui/index";
import type { LonLat } from "./geo";
import { type ListedItem, listed, type MapItem } from "./items";
import { KindSymbol } from "./KindSymbol";
import { accuracyWords, kindWord } from "./words";

interface Props {
  items: readonly MapItem[];
  own: LonLat | null;
  selected: readonly string[];
  onSelect: (ids: string[]) => void;
  /** Where there is nothing but places to choose among. */
  placesOnly?: boolean;
  /** How a question is answered, under its row. */
  answers?: ((id: string) => ComponentChildren) | undefined;
  /** Of the records, and where there are none; tonight's, if not told. */
  heading?: string;
  none?: string;
}

function words({ item, distance_m }: ListedItem): string {
  const source =
    item.source === "map"
      ? tm("by_pin")
      : item.source === "gnss"
        ? accuracyWords(item.accuracy_m)
        : item.kind === "place"
          ? null
          : tm("by_place");
  return [
    item.at ? time(item.at) : null,
    item.detail,
    source,
    distance_m === null ? null : tm("distance", { distance: distance(distance_m) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Rows({
  rows,
  selected,
  onSelect,
  answers,
}: { rows: ListedItem[] } & Pick<Props, "selected" | "onSelect" | "answers">) {
  return (
    <ul class="map-list">
      {rows.map((row) => (
        <li key={row.item.id}>
          <button
            type="button"
            aria-pressed={selected.includes(row.item.id)}
            data-id={row.item.id}
            onClick={() => onSelect([row.item.id])}
          >
            <KindSymbol kind={row.item.kind} letter={row.item.letter} />
            <span class="map-list-words">
              <span class="map-list-name">{row.item.name}</span>
              <small>
                {row.item.kind === "place" || row.item.kind === "question"
                  ? null
                  : `${kindWord(row.item.kind)} · `}
                {words(row)}
              </small>
            </span>
          </button>
          {answers ? <div class="map-answers">{answers(row.item.id)}</div> : null}
        </li>
      ))}
    </ul>
  );
}

/** Everything the map shows, as words. What is selected on the map is brought into view here. */
export function MapList({ items, own, selected, onSelect, placesOnly, answers, heading, none }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const first = selected[0];
  useEffect(() => {
    if (first === undefined) return;
    const buttons = root.current?.querySelectorAll<HTMLElement>("[data-id]") ?? [];
    const row = [...buttons].find((button) => button.dataset.id === first);
    if (row && row !== document.activeElement) row.scrollIntoView({ block: "nearest" });
  }, [first]);
  const rows = listed(items, own);
  const records = rows.filter(({ item }) => item.kind !== "place" && item.kind !== "question");
  const questions = rows.filter(({ item }) => item.kind === "question");
  const places = rows.filter(({ item }) => item.kind === "place");
  return (
    <div class="map-lists" ref={root}>
      {questions.length > 0 ? (
        <Section title={tm("questions")}>
          <Rows rows={questions} selected={selected} onSelect={onSelect} answers={answers} />
        </Section>
      ) : null}
      {placesOnly ? null : (
        <Section title={heading ?? tm("records")}>
          {records.length === 0 ? <p class="quiet-words">{none ?? tm("nothing_tonight")}</p> : null}
          <Rows rows={records} selected={selected} onSelect={onSelect} />
        </Section>
      )}
      {places.length > 0 ? (
        <Section title={tm("places")}>
          <Rows rows={places} selected={selected} onSelect={onSelect} />
        </Section>
      ) : null}
    </div>
  );
}

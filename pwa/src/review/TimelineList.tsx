import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { me } from "../store/state";
import { dateTime } from "../text";
import { tv } from "../text/acts";
import { tr } from "../text/review";
import { Button } from "../ui";
import { EntryRow } from "./EntryRow";
import { GapRow } from "./GapRow";
import type { Names } from "./names";
import type { Read } from "./since";
import type { Line } from "./timeline";
import type { Entry } from "./types";

interface Props {
  lines: readonly Line[];
  names: Names;
  selected: string | null;
  onSelect: (id: string) => void;
  /** What the reader had read before, or null at the first time. */
  read: Read | null;
}

const STEP: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** True where the keys mean something else: in a field, or arrows that scroll or move a map. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, dialog")) return true;
  return key.startsWith("Arrow") && target !== document.body && !target.closest(".timeline");
}

/** What came or changed after `read_seq` (or after the first look), until it is looked at: entry → its newest seq. */
function useNew(entries: readonly Entry[], read_seq: number | null) {
  const seen = useRef<Map<string, number> | null>(null);
  const [, redraw] = useState(0);
  seen.current ??= new Map(
    entries.map(({ id, changed_seq }) => [id, Math.min(changed_seq, read_seq ?? changed_seq)]),
  );
  const known = seen.current;
  const isNew = ({ id, changed_seq, author }: Entry) =>
    changed_seq > (known.get(id) ?? 0) && author.id !== me.value?.id;
  return {
    fresh: entries.filter(isNew),
    look: ({ id, changed_seq }: Entry) => {
      if (known.get(id) === changed_seq) return;
      known.set(id, changed_seq);
      redraw((n) => n + 1);
    },
  };
}

/** All of a shift in order. Rows keep their place in the page when others come: focus and scroll stay. */
export function TimelineList({ lines, names, selected, onSelect, read }: Props) {
  const root = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const entries = lines.flatMap((line) => (line.line === "entry" ? [line.entry] : []));
  const { fresh, look } = useNew(entries, read?.seq ?? null);

  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = STEP[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTaken(event.target, event.key)) return;
      const buttons = [...(root.current?.querySelectorAll<HTMLElement>("[data-entry]") ?? [])];
      // The focus is ahead of `selected` while a key is held down.
      const { activeElement } = document;
      const focused = activeElement instanceof HTMLElement ? buttons.indexOf(activeElement) : -1;
      const at = focused >= 0 ? focused : buttons.findIndex((button) => button.dataset.entry === selected);
      const next = buttons[at < 0 ? 0 : Math.max(0, Math.min(buttons.length - 1, at + step))];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [selected]);

  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const goToNew = () => {
    for (const button of root.current?.querySelectorAll<HTMLElement>("[data-entry]") ?? [])
      if (button.dataset.entry === fresh[0]?.id) button.focus();
  };
  const n = fresh.length;
  return (
    <>
      {read === null ? (
        <p class="sr-only" role="status">
          {n > 0 ? tr("new_rows", { n }) : ""}
        </p>
      ) : (
        <div class="row fresh-line">
          <p role="status">
            {n > 0
              ? tv("fresh", { n, time: dateTime(read.at) })
              : tv("fresh_none", { time: dateTime(read.at) })}
          </p>
          {n > 0 ? <Button onPress={goToNew}>{tv("fresh_next")}</Button> : null}
        </div>
      )}
      <ol class="timeline" ref={root}>
        {lines.map((line) =>
          line.line === "gap" ? (
            <GapRow key={line.key} line={line} names={names} />
          ) : (
            <EntryRow
              key={line.key}
              line={line}
              names={names}
              selected={line.entry.id === selected}
              open={open.has(line.entry.id)}
              isNew={fresh.includes(line.entry)}
              onSelect={() => {
                look(line.entry);
                onSelect(line.entry.id);
              }}
              onToggle={() => {
                look(line.entry);
                onSelect(line.entry.id);
                toggle(line.entry.id);
              }}
            />
          ),
        )}
      </ol>
    </>
  );
}

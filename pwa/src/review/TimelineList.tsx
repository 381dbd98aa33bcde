import { useEffect, useRef, useState } from "preact/hooks";
import { tr } from "../text/review";
import { EntryRow } from "./EntryRow";
import { GapRow } from "./GapRow";
import type { Names } from "./names";
import type { Line } from "./timeline";

interface Props {
  lines: readonly Line[];
  names: Names;
  selected: string | null;
  onSelect: (id: string) => void;
}

const STEP: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** True where the keys mean something else: in a field, or arrows that scroll or move a map. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, dialog")) return true;
  return key.startsWith("Arrow") && target !== document.body && !target.closest(".timeline");
}

/** Ids that came after the first look, until they are looked at. */
function useNew(ids: readonly string[]): { fresh: ReadonlySet<string>; look: (id: string) => void } {
  const seen = useRef<Set<string> | null>(null);
  const [, redraw] = useState(0);
  seen.current ??= new Set(ids);
  const known = seen.current;
  return {
    fresh: new Set(ids.filter((id) => !known.has(id))),
    look: (id) => {
      if (known.has(id)) return;
      known.add(id);
      redraw((n) => n + 1);
    },
  };
}

/** All of a shift in order. Rows keep their place in the page when others come: focus and scroll stay. */
export function TimelineList({ lines, names, selected, onSelect }: Props) {
  const root = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const ids = lines.flatMap((line) => (line.line === "entry" ? [line.entry.id] : []));
  const { fresh, look } = useNew(ids);

  useEffect(() => {
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
  return (
    <>
      <p class="sr-only" role="status">
        {fresh.size > 0 ? tr("new_rows", { n: fresh.size }) : ""}
      </p>
      <ol class="timeline" ref={root}>
        {lines.map((line) =>
          line.line === "gap" ? (
            <GapRow key={line.key} line={line} />
          ) : (
            <EntryRow
              key={line.key}
              line={line}
              names={names}
              selected={line.entry.id === selected}
              open={open.has(line.entry.id)}
              isNew={fresh.has(line.entry.id)}
              onSelect={() => {
                look(line.entry.id);
                onSelect(line.entry.id);
              }}
              onToggle={() => {
                look(line.entry.id);
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

import type { ItemKind } from "./items";
import { LETTER_Y, SHAPES } from "./symbols";

/** The same shape and letter as on the map, for the list. */
export function KindSymbol({ kind, letter }: { kind: ItemKind; letter: string }) {
  return (
    <svg class={`map-symbol ${kind}`} viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <path d={SHAPES[kind]} />
      <text x="16" y={LETTER_Y[kind]} text-anchor="middle" dominant-baseline="central">
        {letter}
      </text>
    </svg>
  );
}

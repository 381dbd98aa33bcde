/**
 * The shapes on the map, each once, as SVG paths in a 32 × 32 box: the canvas draws them for the map, SVG for the list.
 * Kinds differ by shape and letter; colour only repeats what the shape says.
 */
import type { ItemKind } from "./items";
import type { MapColours } from "./theme";

export const SYMBOL_SIZE = 32;

export const SHAPES: Record<ItemKind, string> = {
  // diamond, circle, square with soft corners, triangle, hexagon, star of eight points
  place: "M16 4 28 16 16 28 4 16Z",
  observation: "M16 3a13 13 0 1 0 0 26a13 13 0 1 0 0-26Z",
  checkin: "M8 4h16a4 4 0 0 1 4 4v16a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4Z",
  escalation: "M16 2 31 29H1Z",
  question: "M9 4H23L30 16 23 28H9L2 16Z",
  alarm:
    "M16 1 20 6.3 26.6 5.4 25.7 12 31 16 25.7 20 26.6 26.6 20 25.7 16 31 12 25.7 5.4 26.6 6.3 20 1 16 6.3 12 5.4 5.4 12 6.3Z",
};

/** The letter of a triangle sits lower, where there is room for it. */
export const LETTER_Y: Record<ItemKind, number> = {
  place: 16.5,
  observation: 16.5,
  checkin: 16.5,
  escalation: 21,
  question: 16.5,
  alarm: 16.5,
};

export interface SymbolColours {
  fill: string;
  stroke: string;
  text: string;
}

/** Raw pixels for `map.addImage`, drawn at twice the size for sharp edges; null where a canvas is not to be had. */
export function drawSymbol(kind: ItemKind, letter: string, colours: SymbolColours) {
  const scale = 2;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SYMBOL_SIZE * scale;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.scale(scale, scale);
  const path = new Path2D(SHAPES[kind]);
  pen.lineJoin = "round";
  pen.fillStyle = colours.fill;
  pen.fill(path);
  pen.lineWidth = 2;
  pen.strokeStyle = colours.stroke;
  pen.stroke(path);
  pen.fillStyle = colours.text;
  pen.font = `600 ${letter.length > 1 ? 12 : 14}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(letter, SYMBOL_SIZE / 2, LETTER_Y[kind]);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

export function symbolId(kind: ItemKind, letter: string): string {
  return `${kind}/${letter}`;
}

const isKind = (word: string): word is ItemKind => word in SHAPES;

export function coloursOf(kind: ItemKind, colours: MapColours): SymbolColours {
  if (kind === "escalation" || kind === "alarm")
    return { fill: colours.danger, stroke: colours.ground, text: colours.ground };
  if (kind === "question") return { fill: colours.ground, stroke: colours.lantern, text: colours.text };
  if (kind === "observation")
    return { fill: colours.lantern, stroke: colours.ground, text: colours.onLantern };
  return { fill: colours.raised, stroke: colours.text, text: colours.text };
}

/** The picture that a symbol's id names; null for an id that is not ours. */
export function drawItemSymbol(id: string, colours: MapColours) {
  const [kind, letter] = id.split("/");
  if (kind === undefined || letter === undefined || !isKind(kind)) return null;
  return drawSymbol(kind, letter, coloursOf(kind, colours));
}

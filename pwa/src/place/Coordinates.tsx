import type { Position } from "../store/types";
import { language } from "../text";
import { th } from "../text/help";
import { minuteWords, swerefWords } from "./coordinates";

/** In text of twice the size a line ends between two groups of digits, and never within one. */
const breaking = (words: string) => words.replaceAll("\u00a0", " ");

/** A position in the two ways that it is asked for; where SWEREF 99 TM does not hold, it says so. */
export function Coordinates({ position }: { position: Pick<Position, "lat" | "lon"> }) {
  const degrees = minuteWords(position, language.value);
  const grid = swerefWords(position);
  return (
    <dl class="coordinates">
      <div>
        <dt>{th("wgs84")}</dt>
        <dd>{breaking(degrees.lat)}</dd>
        <dd>{breaking(degrees.lon)}</dd>
      </div>
      <div>
        <dt>{th("sweref")}</dt>
        {grid === null ? (
          <dd class="quiet-words">{th("abroad")}</dd>
        ) : (
          <>
            <dd>{breaking(grid.north)}</dd>
            <dd>{breaking(grid.east)}</dd>
          </>
        )}
      </div>
    </dl>
  );
}

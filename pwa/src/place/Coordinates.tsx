import type { Position } from "../store/types";
import { language } from "../text";
import { th } from "../text/help";
import { minuteWords, swerefWords } from "./coordinates";

/** A position in the two ways that it is asked for; where SWEREF 99 TM does not hold, it says so. */
export function Coordinates({ position }: { position: Pick<Position, "lat" | "lon"> }) {
  const degrees = minuteWords(position, language.value);
  const grid = swerefWords(position);
  return (
    <dl class="coordinates">
      <div>
        <dt>{th("wgs84")}</dt>
        <dd>{degrees.lat}</dd>
        <dd>{degrees.lon}</dd>
      </div>
      <div>
        <dt>{th("sweref")}</dt>
        {grid === null ? (
          <dd class="quiet-words">{th("abroad")}</dd>
        ) : (
          <>
            <dd>{grid.north}</dd>
            <dd>{grid.east}</dd>
          </>
        )}
      </div>
    </dl>
  );
}

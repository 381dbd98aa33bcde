import off from "lucide-static/icons/ban.svg?raw";
import on from "lucide-static/icons/navigation.svg?raw";
import { Coordinates } from "../place/Coordinates";
import { type PlaceChoice, PlaceLine } from "../place/PlaceLine";
import { positionWords } from "../place/PositionLine";
import type { Fix } from "../place/useFix";
import { places } from "../store/state";
import { th } from "../text/help";
import { Icon } from "../ui";

interface Props extends PlaceChoice {
  fix: Fix;
  /** The place as it is said. */
  words: string;
  onChange: (choice: PlaceChoice) => void;
}

/** The phone's own position, else that of the chosen place, else plainly none. */
function Position({ fix, placeId }: Pick<Props, "fix" | "placeId">) {
  if (fix.position)
    return (
      <>
        <Coordinates position={fix.position} />
        <p class="position">
          <Icon svg={on} />
          <span>{positionWords(fix.position)}</span>
        </p>
      </>
    );
  const place = places.value.find((one) => one.id === placeId);
  return (
    <>
      {place ? (
        <>
          <Coordinates position={place} />
          <p class="quiet-words">{th("of_place")}</p>
        </>
      ) : null}
      {fix.phase === "asking" ? (
        <div class="card-asking">
          <p role="status">{th("asking", { n: fix.waited_s })}</p>
          <progress aria-label={th("accuracy")} />
        </div>
      ) : (
        <p class="position">
          <Icon svg={off} />
          <span>
            <strong>{th("no_position")}</strong> <small>{th("no_position_about")}</small>
          </span>
        </p>
      )}
      {place ? null : <p>{th("where_say")}</p>}
    </>
  );
}

/** "VAR": the place in words, and where that is. */
export function CardWhere({ fix, placeId, placeText, words, onChange }: Props) {
  return (
    <section class="card-part" aria-labelledby="card-where">
      <h2 id="card-where" class="card-label">
        {th("where")}
      </h2>
      <div class={words === "" ? undefined : "card-place"}>
        <PlaceLine placeId={placeId} placeText={placeText} position={fix.position} onChange={onChange} />
      </div>
      <Position fix={fix} placeId={placeId} />
    </section>
  );
}

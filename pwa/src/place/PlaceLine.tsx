import pin from "lucide-static/icons/map-pin.svg?raw";
import { useState } from "preact/hooks";
import { places } from "../store/state";
import type { Position } from "../store/types";
import { distance, t } from "../text";
import { Icon } from "../ui";
import { PlaceSheet } from "./PlaceSheet";
import { distanceBetween } from "./rules";
import { whereWords } from "./state";

export interface PlaceChoice {
  placeId: string | null;
  placeText: string;
}

interface Props extends PlaceChoice {
  position: Position | null;
  onChange: (choice: PlaceChoice) => void;
  /** A check-in has no field for a place in words. */
  onlyListed?: boolean;
}

/** The chosen place as one line; a tap opens the list. */
export function PlaceLine({ placeId, placeText, position, onChange, onlyListed }: Props) {
  const [isOpen, setOpen] = useState(false);
  const place = places.value.find((one) => one.id === placeId);
  const away = place && position ? ` · ${distance(distanceBetween(position, place))}` : "";
  const words = whereWords(placeId, placeText);
  return (
    <>
      <button type="button" class="choice-line" onClick={() => setOpen(true)}>
        <Icon svg={pin} />
        <span class="choice-words">
          <small>{t("place.label")}</small>
          <span>{words === "" ? t("place.none") : `${words}${away}`}</span>
        </span>
        <span class="choice-act">{t("ui.change")}</span>
      </button>
      {isOpen ? (
        <PlaceSheet
          placeId={placeId}
          placeText={placeText}
          position={position}
          onlyListed={onlyListed ?? false}
          onClose={() => setOpen(false)}
          onChange={(choice) => {
            setOpen(false);
            onChange(choice);
          }}
        />
      ) : null}
    </>
  );
}

import marker from "lucide-static/icons/map-pin.svg?raw";
import { useState } from "preact/hooks";
import { places } from "../store/state";
import type { Position } from "../store/types";
import { distance, t } from "../text";
import { tp } from "../text/pin";
import { Icon } from "../ui";
import { PlaceSheet } from "./PlaceSheet";
import type { Pin } from "./pin";
import { distanceBetween } from "./rules";
import { whereWords } from "./state";

export interface PlaceChoice {
  placeId: string | null;
  placeText: string;
  /** Undefined where a record takes no point from the map. */
  pin?: Pin | null | undefined;
}

interface Props extends PlaceChoice {
  position: Position | null;
  onChange: (choice: PlaceChoice) => void;
  /** A check-in has no field for a place in words. */
  onlyListed?: boolean;
  /** A point once told in a correction holds until another place is told. */
  mayDropPin?: boolean;
}

/** The chosen place as one line; a tap opens the list. */
export function PlaceLine(props: Props) {
  const { placeId, placeText, pin, position, onChange, onlyListed, mayDropPin = true } = props;
  const [isOpen, setOpen] = useState(false);
  const place = places.value.find((one) => one.id === placeId);
  const from = pin ?? position;
  const away = place && from ? ` · ${distance(distanceBetween(from, place))}` : "";
  const said = whereWords(placeId, placeText);
  const where = said === "" ? "" : `${said}${away}`;
  const words = [where, pin ? tp("set") : ""].filter(Boolean).join(" · ");
  return (
    <>
      <button type="button" class="choice-line" onClick={() => setOpen(true)}>
        <Icon svg={marker} />
        <span class="choice-words">
          <small>{t("place.label")}</small>
          <span>{words || t("place.none")}</span>
        </span>
        <span class="choice-act">{t("ui.change")}</span>
      </button>
      {isOpen ? (
        <PlaceSheet
          placeId={placeId}
          placeText={placeText}
          pin={pin}
          mayDropPin={mayDropPin}
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

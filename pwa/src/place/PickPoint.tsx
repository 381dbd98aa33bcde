import map from "lucide-static/icons/map.svg?raw";
import x from "lucide-static/icons/x.svg?raw";
import type { ComponentProps } from "preact";
import { useEffect, useState } from "preact/hooks";
import { areas, places } from "../store/state";
import type { Position } from "../store/types";
import { tp } from "../text/pin";
import { Button, ErrorView, Loading, Sheet } from "../ui";
import type { PlaceChoice } from "./PlaceLine";
import { type Pin, pinned } from "./pin";
import { proposedPlace } from "./rules";

const load = () => import("../map");
type Picker = Awaited<ReturnType<typeof load>>["PointPicker"];

interface ButtonsProps {
  pin: Pin | null;
  onOpen: () => void;
  /** Absent where a point that was once told cannot be untold. */
  onDrop: (() => void) | undefined;
}

export function PinButtons({ pin, onOpen, onDrop }: ButtonsProps) {
  return (
    <div class="stack">
      <Button wide icon={map} onPress={onOpen}>
        {tp(pin ? "move" : "open")}
      </Button>
      {pin && onDrop ? (
        <Button wide tone="quiet" icon={x} onPress={onDrop}>
          {tp("drop")}
        </Button>
      ) : null}
    </div>
  );
}

interface Props extends Omit<PlaceChoice, "pin"> {
  pin: Pin | null;
  position: Position | null;
  onClose: () => void;
  onChange: (choice: PlaceChoice) => void;
}

/** Where the map opens: at the point set before, else the chosen place, else where the phone is. */
function begin({ pin, placeId, position }: Pick<Props, "pin" | "placeId" | "position">): Pin | null {
  return pin ?? places.peek().find((place) => place.id === placeId) ?? position;
}

/** The map over the place sheet. The form behind it is kept as a draft, so a kill costs no more than the point. */
export function PickPoint({ pin, placeId, placeText, position, onClose, onChange }: Props) {
  const [near] = useState(() => begin({ pin, placeId, position }));
  const picked = (point: Pin) =>
    onChange({ placeId: proposedPlace(places.peek(), pinned(point), null), placeText, pin: point });
  return (
    <Sheet title={tp(pin ? "move" : "open")} onClose={onClose}>
      <LoadedPicker
        areas={areas.value}
        places={places.value}
        near={near}
        own={position}
        onPick={picked}
        onPickPlace={(id) => onChange({ placeId: id, placeText, pin: null })}
      />
    </Sheet>
  );
}

function LoadedPicker(props: ComponentProps<Picker>) {
  const [part, setPart] = useState<{ Picker: Picker } | "failed" | null>(null);
  const fetchPart = () => {
    setPart(null);
    load().then(
      (module) => setPart({ Picker: module.PointPicker }),
      () => setPart("failed"),
    );
  };
  useEffect(fetchPart, []);
  if (part === null) return <Loading what={tp("loading")} />;
  if (part === "failed") return <ErrorView onRetry={fetchPart}>{tp("failed")}</ErrorView>;
  return <part.Picker {...props} />;
}

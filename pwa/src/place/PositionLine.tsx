import off from "lucide-static/icons/ban.svg?raw";
import marker from "lucide-static/icons/map-pin.svg?raw";
import on from "lucide-static/icons/navigation.svg?raw";
import type { Position } from "../store/types";
import { t } from "../text";
import { tp } from "../text/pin";
import { Button, Icon } from "../ui";
import { now_ms } from "../ui/now";
import type { Whereabouts } from "./usePosition";

/** "±8 m · 4 s sedan": a position is only worth its accuracy and age. */
export function positionWords(position: Position): string {
  if (position.source === "map") return tp("said");
  if (position.source === "place") return tp("of_place");
  const accuracy =
    position.accuracy_m === null ? t("place.accuracy.unknown") : `±${Math.round(position.accuracy_m)} m`;
  const age_s = Math.round(position.age_ms / 1000);
  const age =
    age_s < 90 ? t("place.age.seconds", { n: age_s }) : t("place.age.minutes", { n: Math.round(age_s / 60) });
  return `${accuracy} · ${age}`;
}

interface Props {
  whereabouts: Whereabouts;
  isWanted: boolean;
  onChange: (isWanted: boolean) => void;
}

/** Says plainly whether the phone's position goes with the record, and lets the host leave it out. */
export function PositionLine({ whereabouts, isWanted, onChange }: Props) {
  const position = whereabouts.at(now_ms.value);
  if (whereabouts.phase === "asking") return <p class="quiet-words position">{t("place.position.asking")}</p>;
  if (!position)
    return (
      <p class="quiet-words position">
        <Icon svg={off} />
        {t("place.position.none")}
      </p>
    );
  return (
    <div class="position row">
      <Icon svg={isWanted ? on : off} />
      <span class="quiet-words">
        {isWanted
          ? t("place.position.with", { words: positionWords(position) })
          : t("place.position.without")}
      </span>
      <Button tone="quiet" onPress={() => onChange(!isWanted)}>
        {isWanted ? t("place.position.omit") : t("place.position.include")}
      </Button>
    </div>
  );
}

/** Where it happened was told on the map: where the phone is goes with no record then. */
export function PinnedLine() {
  return (
    <p class="quiet-words position">
      <Icon svg={marker} />
      {tp("with")}
    </p>
  );
}

/** Facts of the map in words. */
import type { Position, Vocabulary } from "../store/types";
import { named } from "../text/index";
import { tm } from "../text/map";
import type { ItemKind, ItemNames } from "./items";

export function accuracyWords(accuracy_m: number | null): string {
  return accuracy_m === null ? tm("accuracy_unknown") : tm("accuracy", { m: Math.round(accuracy_m) });
}

export function ageWords(age_ms: number): string {
  const s = Math.round(age_ms / 1000);
  return s < 120 ? tm("age", { s }) : tm("age_minutes", { min: Math.round(s / 60) });
}

export function ownWords(own: Position): string {
  return tm("own", { accuracy: accuracyWords(own.accuracy_m), age: ageWords(own.age_ms) });
}

export function kindWord(kind: ItemKind): string {
  return tm(`kind_${kind}`);
}

const CHECKINS = ["ok", "arrived", "left", "round", "pause"] as const;

export function namesFrom(vocabulary: Vocabulary | null): ItemNames {
  const name = (list: readonly { code: string; sv: string; en: string }[] | undefined, code: string) => {
    const found = list?.find((item) => item.code === code);
    return found ? named(found) : tm("unknown_code", { code });
  };
  return {
    category: (code) => name(vocabulary?.categories, code),
    service: (code) => name(vocabulary?.services, code),
    placeKind: (code) => name(vocabulary?.place_kinds, code),
    checkin: (kind) => {
      const known = CHECKINS.find((one) => one === kind);
      return known ? tm(`checkin_${known}`) : tm("unknown_code", { code: kind });
    },
    letter: (kind) => tm(`letter_${kind}`),
  };
}

/** The restricted circle (vocabulary: protection 3) is never on a map. */
export function restrictedBy(vocabulary: Vocabulary | null): (category: string) => boolean {
  const codes = new Set(
    vocabulary?.categories.filter((category) => category.protection >= 3).map(({ code }) => code),
  );
  return (category) => codes.has(category);
}

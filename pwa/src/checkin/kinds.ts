import type { CheckinKind } from "../store/types";
import { type Key, t } from "../text";

export const KINDS: readonly CheckinKind[] = ["ok", "arrived", "left", "round", "pause"];

const NAMES: Record<CheckinKind, Key & `checkin.kind.${string}`> = {
  ok: "checkin.kind.ok",
  arrived: "checkin.kind.arrived",
  left: "checkin.kind.left",
  round: "checkin.kind.round",
  pause: "checkin.kind.pause",
};

export function kindOf(word: string | null): CheckinKind {
  return KINDS.find((kind) => kind === word) ?? "ok";
}

/** A kind that this app does not know is shown as the server spells it. */
export function kindName(word: string): string {
  const kind = KINDS.find((known) => known === word);
  return kind ? t(NAMES[kind]) : word;
}

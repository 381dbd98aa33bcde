/** Tonight's records as the phone knows them: what was pulled, with the own ops that the server may not have yet. Pure. */
import type {
  CheckinValue,
  EscalationValue,
  ObservationData,
  ObservationValue,
  OwnOp,
  Position,
  Records,
} from "../store/types";
import type { MapRecords } from "./items";

/** An evening and its night, with room for a late start. */
export const TONIGHT_MS = 16 * 3_600_000;

interface Change {
  amended: Map<string, ObservationData & { position?: Position }>;
  retracted: Set<string>;
}

const base = (op: OwnOp) => ({
  id: op.id,
  shift_id: op.shift,
  author_id: op.author,
  stated_at: op.wall,
  estimated_at: null,
  estimated_within_ms: null,
  received_at: op.wall,
  install: null,
  position: op.position,
});

type Amend = Extract<OwnOp, { type: "observation.amend" }>;

/** With the point that the correction set on the map, or that of the place it names instead. */
function amended({ position, data }: Amend): ObservationData & { position?: Position } {
  const isMoved = position?.source === "map" || position?.source === "place";
  return isMoved ? { ...data.observation, position } : data.observation;
}

function changes(ops: readonly OwnOp[]): Change {
  const found: Change = { amended: new Map(), retracted: new Set() };
  for (const op of ops) {
    if (op.type === "observation.amend") found.amended.set(op.data.target, amended(op));
    if (op.type === "observation.retract") found.retracted.add(op.data.target);
  }
  return found;
}

function newest<T extends { id: string; stated_at: string }>(
  pulled: ReadonlyMap<string, T>,
  own: readonly T[],
  since_ms: number,
): T[] {
  const all = new Map(pulled);
  for (const record of own) if (!all.has(record.id)) all.set(record.id, record);
  return [...all.values()].filter(({ stated_at }) => Date.parse(stated_at) >= since_ms);
}

export function tonightsRecords(
  pulled: Pick<Records, "observations" | "checkins" | "escalations">,
  ops: readonly OwnOp[],
  now_ms: number,
): MapRecords {
  const since_ms = now_ms - TONIGHT_MS;
  const observations: ObservationValue[] = [];
  const checkins: CheckinValue[] = [];
  const escalations: EscalationValue[] = [];
  for (const op of ops) {
    if (op.type === "observation.create")
      observations.push({ ...base(op), ...op.data, status: "current", revisions: [], retracted: null });
    if (op.type === "checkin.create") checkins.push({ ...base(op), ...op.data });
    if (op.type === "escalation.create")
      escalations.push({ ...base(op), ...op.data, status: "open", attempts: [], closed: null });
  }
  const pending = changes(ops.filter((op) => op.sync.state !== "acked"));
  return {
    observations: newest(pulled.observations, observations, since_ms).flatMap((record) =>
      pending.retracted.has(record.id) ? [] : [{ ...record, ...pending.amended.get(record.id) }],
    ),
    checkins: newest(pulled.checkins, checkins, since_ms),
    escalations: newest(pulled.escalations, escalations, since_ms),
  };
}

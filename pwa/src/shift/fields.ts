/** The forms that start and end a shift, and how they become ops. */
import { list, maybe, object, oneOf, or, text } from "../parse";
import type { Iso, OpData, PlannedValue, Transport } from "../store/types";

export interface Fields {
  partners: string[];
  areaId: string | null;
  transport: Transport | null;
  plannedEnd: Iso | null;
  aloneReason: string;
}

const transport = oneOf("foot", "bike", "car");

interface Usual {
  plannedEnd: Iso;
  /** As last time. */
  areaId: string | null;
  transport: string | null;
}

export function emptyFields(usual: Usual): Fields {
  return {
    partners: [],
    areaId: usual.areaId,
    transport: or(maybe(transport), null)(usual.transport) ?? "foot",
    plannedEnd: usual.plannedEnd,
    aloneReason: "",
  };
}

/** What was planned, in place of what is usual; the host changes it as it turns out. */
export function asPlanned(usual: Fields, plan: PlannedValue, me: string): Fields {
  return {
    ...usual,
    partners: plan.hosts.filter((id) => id !== me),
    areaId: plan.area_id ?? usual.areaId,
    plannedEnd: plan.ends_at,
  };
}

export const parseFields = (empty: Fields) =>
  or(
    object({
      partners: or(list(text), []),
      areaId: maybe(text),
      transport: or(maybe(transport), null),
      plannedEnd: maybe(text),
      aloneReason: or(text, ""),
    }),
    empty,
  );

/** Pairs by default: alone needs a reason. */
export function lacksReason(fields: Fields): boolean {
  return fields.partners.length === 0 && fields.aloneReason.trim() === "";
}

export function startData(fields: Fields, author: string): OpData["shift.start"] {
  const isAlone = fields.partners.length === 0;
  return {
    hosts: [author, ...fields.partners],
    area_id: fields.areaId,
    transport: fields.transport,
    planned_end: fields.plannedEnd,
    alone_reason: isAlone ? fields.aloneReason.trim() : null,
  };
}

export interface EndFields {
  summary: string;
  /** For the next shift; empty: none. */
  handover: string;
  /** The host's own words are never written over by a fresh proposal. */
  isEdited: "yes" | "no";
}

export const parseEnd = (empty: EndFields) =>
  or(
    object({
      summary: or(text, empty.summary),
      handover: or(text, ""),
      isEdited: or(oneOf("yes", "no"), "no"),
    }),
    empty,
  );

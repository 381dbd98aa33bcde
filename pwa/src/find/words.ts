/** A result in words. */
import type { Names } from "../review/names";
import type { Reference } from "../review/types";
import { recordHref } from "../review/who";
import { date, time } from "../text";
import { tf } from "../text/find";
import type { Item } from "./answers";

export function whatWords({ kind, code }: Item, names: Names): string {
  if (kind === "shift" || code === null) return tf(`kind_${kind}`);
  return kind === "observation" ? names.category(code) : names.service(code);
}

export function whereWords(item: Item, reference: Reference | null): string {
  const place = reference?.places.find(({ id }) => id === item.place_id)?.name;
  const area = reference?.areas.find(({ id }) => id === item.area_id)?.name;
  return place ?? item.place_text ?? area ?? tf("no_place");
}

export function whenWords({ happened }: Pick<Item, "happened">): string {
  const clock = happened.kind === "about" ? tf("about", { time: time(happened.from) }) : time(happened.from);
  return happened.to === null ? clock : `${clock}–${time(happened.to)}`;
}

export const dayOf = ({ happened }: Item) => date(happened.from);

export function textWords({ hidden, text }: Item): string {
  return hidden ? tf("hidden") : (text ?? tf("no_text"));
}

/** What is to be known before the text is read. */
export function marks(item: Item): string[] {
  const reason = item.retracted?.reason;
  return [
    ...(item.restricted ? [tf("restricted")] : []),
    ...(item.status === "retracted" ? [reason ? tf("retracted", { reason }) : tf("retracted_plain")] : []),
    ...(item.status === "amended" ? [tf("amended")] : []),
  ];
}

export const hrefOfItem = ({ id, kind, shift_id }: Item) =>
  recordHref(shift_id, kind === "shift" ? undefined : id);

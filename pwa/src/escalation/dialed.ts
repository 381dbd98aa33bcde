/** In the start's own chunk: all that it needs to know of the speaking card. */
import { isObject } from "../parse";
import type { Draft } from "../store/types";

/** A speaking card whose number was tapped: whether anybody rang is not said yet. */
export function isDialed({ form, fields }: Draft): boolean {
  return form === "dial" && isObject(fields) && typeof fields.dialedAt === "string";
}

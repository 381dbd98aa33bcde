/** Why something was not kept or not done, as words are chosen by it. */
import { ApiError } from "../api/index";
import { problemOf } from "../review/load";

export type Refused = "changed" | "forbidden" | "offline" | "failed";

export function refusedBy(error: unknown): Refused {
  if (error instanceof ApiError && error.code === "changed") return "changed";
  if (error instanceof ApiError && error.status === 403) return "forbidden";
  return problemOf(error) === "offline" ? "offline" : "failed";
}

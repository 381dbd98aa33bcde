/** Why something that was said did not reach the journal, as words are chosen by it. */
import { ApiError } from "../api/index";
import { problemOf } from "./load";

export type Refused = "newer" | "offline" | "signin" | "failed";

export function refusedBy(error: unknown): Refused {
  if (error instanceof ApiError && error.code === "newer") return "newer";
  const problem = problemOf(error);
  return problem === "offline" || problem === "signin" ? problem : "failed";
}

/** What can go wrong between the phone and the server, as one error with a kind to act on. */
import { attempt, listOfGood, maybe, number, object, or, text } from "../parse";

export const problemBody = object({
  type: or(text, "about:blank"),
  title: or(text, ""),
  status: or(maybe(number), null),
  detail: or(maybe(text), null),
  errors: or(listOfGood(object({ pointer: or(text, ""), code: or(text, "") })), []),
});
export type ProblemBody = ReturnType<typeof problemBody>;

export type ApiErrorKind =
  /** No answer: no network, refused, redirected (a captive portal), or cut off. */
  | "network"
  | "timeout"
  /** Something answered, but not Lykta: no JSON, or not the JSON that was asked for. */
  | "not-lykta"
  /** Lykta answered with an error status. */
  | "problem";

export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    readonly kind: ApiErrorKind,
    readonly status: number | null = null,
    readonly problem: ProblemBody | null = null,
    readonly retryAfter_s: number | null = null,
    /** The whole problem body, for members that only one route has. */
    readonly body: unknown = null,
  ) {
    super(problem?.title || `${kind}${status === null ? "" : ` ${status}`}`);
  }

  /** The last part of the problem's type: `/problems/sign-in` → `sign-in`. */
  get code(): string {
    return this.problem?.type.split("/").pop() ?? "";
  }
}

/** Seconds, from a number or an HTTP date. */
export function retryAfter(headers: Headers, now_ms: number): number | null {
  const said = headers.get("Retry-After");
  if (said === null || said.trim() === "") return null;
  const seconds = Number(said);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const until_ms = Date.parse(said);
  return Number.isFinite(until_ms) ? Math.max(0, (until_ms - now_ms) / 1000) : null;
}

export const parsedProblem = (body: unknown): ProblemBody | null => attempt(problemBody, body);

/** Turns what the network gave into what the machine understands. Pure. */
import { ApiError } from "../api";
import type { HelloAnswer, PushAnswer, PushRequest, WireOp } from "../api/wire";
import { isObject } from "../parse";
import type { Failure, HelloOutcome, PushOutcome } from "./types";

/** Only an answer that echoes the nonce is an answer to this request. */
export function pushOutcome(
  request: PushRequest<Pick<WireOp, "id" | "hash">>,
  answer: PushAnswer,
): PushOutcome {
  if (answer.nonce !== request.nonce) return { kind: "no-answer", problem: "not-lykta" };
  return { kind: "answer", ...answer };
}

export function pushFailure(error: unknown): PushOutcome {
  if (error instanceof ApiError && error.kind === "problem" && error.status === 409) {
    const said = isObject(error.body) ? error.body.epoch : null;
    return { kind: "epoch", epoch: typeof said === "string" ? said : null };
  }
  return failure(error);
}

export function failure(error: unknown): Failure {
  if (!(error instanceof ApiError)) return { kind: "no-answer", problem: "offline" };
  if (error.kind === "not-lykta") return { kind: "no-answer", problem: "not-lykta" };
  if (error.kind !== "problem") return { kind: "no-answer", problem: "offline" };
  return statusFailure(error.status ?? 0, error);
}

function statusFailure(status: number, { problem, retryAfter_s, code }: ApiError): Failure {
  if (status === 413) return { kind: "refused", status };
  if (status >= 500 || status === 408 || status === 425 || status === 429)
    return { kind: "server", status, retryAfter_s };
  // Below: only Lykta's own words count. A portal's 403 page must not ask the host to sign in.
  if (problem === null) return { kind: "no-answer", problem: "not-lykta" };
  if (status === 403 && code === "device-revoked") return { kind: "revoked" };
  if (status === 401 || status === 403) return { kind: "signin" };
  if (status === 426) return { kind: "old-app" };
  if (status === 400 || status === 422) return { kind: "refused", status };
  return { kind: "no-answer", problem: "not-lykta" };
}

export function helloOutcome(answer: HelloAnswer, uiBuild: number): HelloOutcome {
  const { epoch, server_time, durable_seq, limits, min_ui_build } = answer;
  const oldApp = min_ui_build !== null && uiBuild < min_ui_build;
  return { kind: "hello", epoch, server_time, durable_seq, limits, oldApp };
}

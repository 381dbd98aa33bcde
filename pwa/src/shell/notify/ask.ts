/** What the server says of how I am told, and what came of a notice to try. */
import { ApiError, api } from "../../api";
import { flag, list, maybe, object, text } from "../../parse";
import { language } from "../../text";

const channels = object({
  push: flag,
  email: maybe(text),
  mobile: maybe(text),
  by_email: flag,
  by_sms: flag,
});
export type Channels = ReturnType<typeof channels>;

const sent = object({ channel: text, ok: flag, why: maybe(text) });
export type Sent = ReturnType<typeof sent>;
const trial = object({ sent: list(sent) });

/** The server gives each channel twelve seconds. */
const TRIAL_MS = 45_000;

export const readChannels = (): Promise<Channels> => api.get("/notices/channels", channels);

export type TrialOutcome = { is: "sent"; sent: Sent[] } | { is: "slowed"; wait_s: number } | { is: "failed" };

export async function sendTrial(): Promise<TrialOutcome> {
  try {
    const answer = await api.post("/push/test", { language: language.peek() }, trial, {
      timeoutMs: TRIAL_MS,
    });
    return { is: "sent", sent: answer.sent };
  } catch (error) {
    if (error instanceof ApiError && error.status === 429)
      return { is: "slowed", wait_s: Math.ceil(error.retryAfter_s ?? 60) };
    return { is: "failed" };
  }
}

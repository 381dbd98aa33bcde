/** What looks like a person is not looked for: told here before anything is sent, and again by the server. */
import { ApiError } from "../api/index";
import { find } from "../guard/find";
import { attempt, listOfGood, object, text } from "../parse";
import { list } from "../text";
import { tf } from "../text/find";

const KINDS = ["personnummer", "samordningsnummer", "phone", "plate", "email", "name"] as const;

function words(kinds: readonly string[]): string {
  const told = kinds
    .map((kind) => KINDS.find((one) => one === kind))
    .map((kind) => (kind ? tf(`what_${kind}`) : tf("what_person")));
  return tf("refused", { what: list([...new Set(told)]) });
}

/** The reason in a sentence; null where it may be looked for. */
export function refusal(...texts: string[]): string | null {
  const kinds = texts.flatMap((said) => find(said).map(({ kind }) => kind));
  return kinds.length > 0 ? words(kinds) : null;
}

const body = object({ kinds: listOfGood(text) });

/** The server's own refusal, which may know more than this build. */
export function refusedBy(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.code !== "find-person") return null;
  return words(attempt(body, error.body)?.kinds ?? ["?"]);
}

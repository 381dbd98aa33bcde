/** Which photos ops name (sync protocol §3): told from their sealed text, so also by ops that no screen can show. */
import { isObject } from "../parse";
import type { OpRow } from "./rows";

const MARK = '"sha256"';
const SHA256 = /^[0-9a-f]{64}$/;

/** Each once, in the order of the ops. */
export function namedIn(rows: readonly Pick<OpRow, "type" | "body">[]): string[] {
  return [...new Set(rows.flatMap(named))];
}

function named({ type, body }: Pick<OpRow, "type" | "body">): string[] {
  // Most name none, which their text tells without being parsed.
  if (!body.includes(MARK)) return [];
  const data = inner(parsed(body), "data");
  const told =
    type === "photo.attach"
      ? [data]
      : type === "observation.amend"
        ? inner(inner(data, "observation"), "attachments")
        : inner(data, "attachments");
  if (!Array.isArray(told)) return [];
  return told.flatMap((one) => {
    const sha256 = inner(one, "sha256");
    return typeof sha256 === "string" && SHA256.test(sha256) ? [sha256] : [];
  });
}

const inner = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

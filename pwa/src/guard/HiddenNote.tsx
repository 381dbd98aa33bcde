import { records } from "../store/state";
import type { EscalationValue, Looked } from "../store/types";
import { tg } from "../text/guard";
import { Banner } from "../ui";

function recordOf(id: string): Looked | undefined {
  const { shifts, checkins, observations, escalations, comments, reviews, alerts } = records.value;
  return [shifts, checkins, observations, escalations, comments, reviews, alerts]
    .map((kind) => kind.get(id))
    .find((known) => known !== undefined);
}

function isAnyHidden(record: Looked & Partial<Pick<EscalationValue, "attempts" | "closed">>): boolean {
  const parts: (Looked | null | undefined)[] = [record, record.closed, ...(record.attempts ?? [])];
  return parts.some((part) => part?.hidden);
}

/** That words of a record are withheld from this reader, and why. Nothing where all of it is shown. */
export function HiddenNote({ id }: { id: string }) {
  const record = recordOf(id);
  if (!record) return null;
  const isClosed = "restricted" in record && record.restricted === true;
  return (
    <>
      {isAnyHidden(record) ? <Banner tone="note">{tg("hidden")}</Banner> : null}
      {isClosed ? <Banner tone="note">{tg("restricted")}</Banner> : null}
    </>
  );
}

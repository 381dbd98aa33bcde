import { tw } from "../text/follow";
import { tr } from "../text/review";
import { Banner, Button } from "../ui";
import { duplicates, useDuplicates } from "./duplicates";
import { followups, useFollowups } from "./of-shift";

const ASKED = [
  [followups, "followed_failed"],
  [duplicates, "dup_unknown"],
] as const;

/** Asks for what is told beside the records of a shift. */
export function useBeside(shift: string): void {
  useDuplicates(shift);
  useFollowups(shift);
}

/** That nothing stands at a record does not mean that there is nothing. */
export function BesideTrouble() {
  const failed = ASKED.filter(([{ hasFailed }]) => hasFailed.value);
  if (failed.length === 0) return null;
  const retry = () => {
    for (const [{ refresh }] of failed) refresh();
  };
  return (
    <Banner tone="calm" action={<Button onPress={retry}>{tr("retry")}</Button>}>
      {failed.map(([, words]) => tw(words)).join(" ")}
    </Banner>
  );
}

import { useEffect } from "preact/hooks";
import { tr } from "../text/review";
import { Banner, Button } from "../ui";
import { followReference, reference } from "./desk-state";

/** Names that are lacking stand as unknown all over the desk: that is said once, here. */
export function ReferenceWord() {
  useEffect(followReference, []);
  const { loaded, refresh } = reference();
  if (loaded.value.state !== "error") return null;
  return (
    <Banner tone="note" action={<Button onPress={refresh}>{tr("retry")}</Button>}>
      {tr("reference_lost")}
    </Banner>
  );
}

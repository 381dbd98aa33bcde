import { useState } from "preact/hooks";
import { add } from "../../outbox";

/** Seals an op that needs no form. True when it is saved. */
export function useSay() {
  const [hasFailed, setFailed] = useState(false);
  const say = async (op: Parameters<typeof add>[0]) => {
    try {
      await add(op);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return { hasFailed, say };
}

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Checks this phone's storage as a shift begins. It comes with the rest of the app, and nobody waits for it. */
export function StartCheck() {
  const [Findings, setFindings] = useState<ComponentType | null>(null);
  useEffect(() => {
    void import("./rest").then(
      ({ StartFindings }) => setFindings(() => StartFindings),
      // The shift begins without; what goes wrong is said at the act.
      () => undefined,
    );
  }, []);
  return Findings && <Findings />;
}

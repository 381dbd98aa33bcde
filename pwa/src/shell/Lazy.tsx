import type { ComponentChildren, ComponentType } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { Loading, PartFailed } from "../ui";

interface Props<P> {
  load: () => Promise<{ default: ComponentType<P> }>;
  props: P;
  loading: string;
  /** Said when the part could not be fetched; the rest of the app goes on. */
  failed: ComponentChildren;
  /** Nothing is shown in its place until it is there: for what stands beside a screen. */
  quiet?: boolean;
}

type Phase<P> = { is: "loading" } | { is: "failed" } | { is: "ready"; Part: ComponentType<P> };

/** A part of the app that the start does not wait for. */
export function Lazy<P extends object>({ load, props, loading, failed, quiet }: Props<P>) {
  const [phase, setPhase] = useState<Phase<P>>({ is: "loading" });
  const fetchPart = () => {
    setPhase({ is: "loading" });
    load().then(
      (module) => setPhase({ is: "ready", Part: module.default }),
      () => setPhase({ is: "failed" }),
    );
  };
  // Before the paint: a part that is in memory already must not flash.
  useLayoutEffect(fetchPart, []);
  if (phase.is === "ready") return <phase.Part {...props} />;
  if (quiet) return null;
  if (phase.is === "loading") return <Loading what={loading} />;
  return (
    <main class="page">
      <PartFailed onRetry={fetchPart}>{failed}</PartFailed>
    </main>
  );
}

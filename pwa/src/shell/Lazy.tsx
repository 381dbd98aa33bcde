import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorView, Loading } from "../ui";

interface Props<P> {
  load: () => Promise<{ default: ComponentType<P> }>;
  props: P;
  loading: string;
  /** Said when the part could not be fetched; the rest of the app goes on. */
  failed: string;
}

type Phase<P> = { is: "loading" } | { is: "failed" } | { is: "ready"; Part: ComponentType<P> };

/** A part of the app that most phones never need, fetched when it is opened. */
export function Lazy<P extends object>({ load, props, loading, failed }: Props<P>) {
  const [phase, setPhase] = useState<Phase<P>>({ is: "loading" });
  const fetchPart = () => {
    setPhase({ is: "loading" });
    load().then(
      (module) => setPhase({ is: "ready", Part: module.default }),
      () => setPhase({ is: "failed" }),
    );
  };
  useEffect(fetchPart, []);
  if (phase.is === "ready") return <phase.Part {...props} />;
  if (phase.is === "loading") return <Loading what={loading} />;
  return (
    <main class="page">
      <ErrorView onRetry={fetchPart}>{failed}</ErrorView>
    </main>
  );
}

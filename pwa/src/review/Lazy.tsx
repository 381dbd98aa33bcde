import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { tr } from "../text/review";
import { Loading, PartFailed } from "../ui";

interface Props<P> {
  load: () => Promise<{ default: ComponentType<P> }>;
  props: P;
  /** The map says that it is the map; another part is just a part. */
  isMap?: boolean;
}

type State<P> = { is: "loading" } | { is: "ready"; Part: ComponentType<P> } | { is: "failed" };

/** A part with a chunk of its own: what stands beside it never waits, and works without it. */
export function Lazy<P extends object>({ load, props, isMap }: Props<P>) {
  const [state, setState] = useState<State<P>>({ is: "loading" });
  const [tries, setTries] = useState(1);
  useEffect(() => {
    let gone = false;
    setState({ is: "loading" });
    load().then(
      (module) => !gone && setState({ is: "ready", Part: module.default }),
      () => !gone && setState({ is: "failed" }),
    );
    return () => {
      gone = true;
    };
  }, [tries]);
  if (state.is === "ready") return <state.Part {...props} />;
  if (state.is === "loading") return isMap ? <Loading what={tr("map_loading")} /> : <Loading />;
  return (
    <PartFailed onRetry={() => setTries(tries + 1)}>{tr(isMap ? "map_failed" : "part_failed")}</PartFailed>
  );
}

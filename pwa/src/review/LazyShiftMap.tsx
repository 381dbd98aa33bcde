import { useEffect, useState } from "preact/hooks";
import { tr } from "../text/review";
import type ShiftMap from "./ShiftMap";

type Props = Parameters<typeof ShiftMap>[0];
type State = { is: "loading" } | { is: "ready"; Map: typeof ShiftMap } | { is: "failed" };

/** The timeline never waits for the map, and works without it. */
export function LazyShiftMap(props: Props) {
  const [state, setState] = useState<State>({ is: "loading" });
  useEffect(() => {
    let gone = false;
    import("./ShiftMap").then(
      (module) => !gone && setState({ is: "ready", Map: module.default }),
      () => !gone && setState({ is: "failed" }),
    );
    return () => {
      gone = true;
    };
  }, []);
  if (state.is === "ready") return <state.Map {...props} />;
  return (
    <p class="quiet-words" role="status">
      {tr(state.is === "loading" ? "map_loading" : "map_failed")}
    </p>
  );
}

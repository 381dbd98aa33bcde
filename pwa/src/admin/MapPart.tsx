import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { tq } from "../text/places";
import { ErrorView, Loading } from "../ui";

const load = () => import("../map");
type Parts = Awaited<ReturnType<typeof load>>;

/** What is drawn with the map: the library behind it is fetched when somebody wants it. */
export function MapPart({ children }: { children: (parts: Parts) => ComponentChildren }) {
  const [found, setFound] = useState<Parts | "failed" | null>(null);
  const fetchParts = () => {
    setFound(null);
    load().then(setFound, () => setFound("failed"));
  };
  useEffect(fetchParts, []);
  if (found === null) return <Loading what={tq("map_loading")} />;
  if (found === "failed") return <ErrorView onRetry={fetchParts}>{tq("map_failed")}</ErrorView>;
  return <>{children(found)}</>;
}

import { useEffect, useRef, useState } from "preact/hooks";
import type { Position } from "../store/types";
import { tm } from "../text/map";
import { Attribution } from "./Attribution";
import { bases, keptFiles, refreshBases } from "./bases";
import type { Box, LonLat } from "./geo";
import type { MapArea, MapItem } from "./items";
import type { MapHandle } from "./mount";

type Phase = "loading" | "ready" | "no-webgl" | "failed";

interface Props {
  /** What a screen reader calls the map. */
  label: string;
  areas: readonly MapArea[];
  items: readonly MapItem[];
  selected: readonly string[];
  own: Position | null;
  /** Where to look first. */
  at?: Box | undefined;
  onSelect: (ids: string[]) => void;
  /** Handed over when the map is drawn, so that the owner can move it. */
  onReady?: (handle: MapHandle) => void;
  onMove?: (centre: LonLat) => void;
  /** Where the finger was, whatever lies there. */
  onTap?: (point: LonLat) => void;
}

function hasWebgl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** The drawn map. The library is loaded when the first map is shown; without it, or without WebGL, a sentence says so. */
export function MapView(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const handle = useRef<MapHandle | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [phase, setPhase] = useState<Phase>(() => (hasWebgl() ? "loading" : "no-webgl"));

  useEffect(() => {
    if (phase === "no-webgl") return;
    let gone = false;
    const start = async () => {
      const { mountMap } = await import("./mount");
      if (gone || !box.current) return;
      handle.current = mountMap(box.current, {
        data: latest.current,
        title: latest.current.label,
        at: latest.current.at,
        onSelect: (ids) => latest.current.onSelect(ids),
        onMove: (centre) => latest.current.onMove?.(centre),
        onTap: (point) => latest.current.onTap?.(point),
      });
      setPhase("ready");
      latest.current.onReady?.(handle.current);
    };
    start().catch(() => {
      if (!gone) setPhase("failed");
    });
    return () => {
      gone = true;
      handle.current?.remove();
      handle.current = null;
    };
  }, []);

  // Once in the life of the page: what the organisation offers does not change under way.
  useEffect(() => {
    if (bases.value === null) void refreshBases();
  }, []);

  const { areas, items, selected, own } = props;
  useEffect(() => handle.current?.show({ areas, items, selected, own }), [areas, items, selected, own]);

  const kept = bases.value;
  const keptKey = kept?.map(({ map, holding }) => `${map.id} ${map.sha256} ${holding.state}`).join();
  useEffect(() => {
    if (phase !== "ready" || !kept) return;
    void keptFiles(kept).then((files) => handle.current?.showBases(files));
  }, [phase, keptKey]);

  return (
    <div class="map-view">
      <div ref={box} class="map-canvas" hidden={phase === "no-webgl" || phase === "failed"} />
      {phase === "ready" ? <Attribution /> : null}
      {phase === "loading" ? (
        <p class="map-note" role="status">
          {tm("loading")}
        </p>
      ) : null}
      {phase === "no-webgl" || phase === "failed" ? (
        <p class="map-note" role="status">
          {tm(phase === "failed" ? "failed" : "no_webgl")}
        </p>
      ) : null}
    </div>
  );
}

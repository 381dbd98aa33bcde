import { list } from "../text";
import { tm } from "../text/map";
import { bases } from "./bases";

/** HTML in an attribution is shown as the words that it holds: it comes from a file, not from us. */
function plain(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
}

/** Whose map data is drawn. */
export function Attribution() {
  const sources = (bases.value ?? []).flatMap(({ map, holding }) =>
    holding.state === "kept" && map.attribution ? [plain(map.attribution)] : [],
  );
  if (sources.length === 0) return null;
  return <p class="map-attribution">{tm("attribution", { sources: list([...new Set(sources)]) })}</p>;
}

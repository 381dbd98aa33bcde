import { bytes } from "../text/index";
import { tm } from "../text/map";
import { Button } from "../ui/index";
import { type BaseEntry, bases, fetchBase } from "./bases";

function stateWords({ map, holding }: BaseEntry): string {
  const { name } = map;
  switch (holding.state) {
    case "kept":
      return tm("base_kept", { name, size: bytes(map.size) });
    case "offered":
      return tm("base_offered", { name, size: bytes(map.size) });
    case "fetching":
      return tm("base_fetching", { name, percent: Math.floor(holding.fraction * 100) });
    case "failed":
      return tm("base_failed", { name });
    case "no-room":
      return tm("base_no_room", { name });
  }
}

/** Which base maps this device keeps, and which it could fetch. */
export function BaseList() {
  const entries = bases.value;
  if (!entries) return null;
  return (
    <div class="map-bases">
      <details>
        <summary>{tm("base_title")}</summary>
        {entries.length === 0 ? <p class="quiet-words">{tm("base_none")}</p> : null}
        <ul>
          {entries.map((entry) => (
            <li key={entry.map.id} class="row">
              <span>{stateWords(entry)}</span>
              {entry.holding.state === "fetching" ? (
                <progress value={entry.holding.fraction} aria-label={entry.map.name} />
              ) : null}
              {entry.holding.state === "kept" || entry.holding.state === "fetching" ? null : (
                <Button onPress={() => void fetchBase(entry.map)}>
                  {tm("base_get", { name: entry.map.name })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

import { known } from "../review/desk-state";
import { names } from "../review/names";
import { tfo } from "../text/focus";
import { Button, Select, TextField } from "../ui";
import type { Fields } from "./rules";

const PLACES_MAX = 20;
type Places = Fields["places"];

/** Places to look at, each with its hours in words. */
export function PlacesField({ places, onChange }: { places: Places; onChange: (places: Places) => void }) {
  const all = (known.value?.places ?? []).filter((place) => place.active !== false);
  const named = names(known.value, []);
  const options = [...all]
    .sort((a, b) => a.name.localeCompare(b.name, "sv"))
    .map(({ id, name }) => ({ value: id, label: name }));
  const put = (at: number, patch: Partial<Places[number]>) =>
    onChange(places.map((one, n) => (n === at ? { ...one, ...patch } : one)));
  return (
    <fieldset class="briefing-places">
      <legend>{tfo("places")}</legend>
      {places.map((one, n) => {
        const isKnown = one.place_id === "" || options.some(({ value }) => value === one.place_id);
        const first = { value: "", label: tfo("choose_place") };
        const shown = [
          first,
          ...options,
          ...(isKnown ? [] : [{ value: one.place_id, label: named.place(one.place_id) }]),
        ];
        return (
          <div class="briefing-place" key={n}>
            <Select
              label={tfo("place", { n: n + 1 })}
              value={one.place_id}
              onChange={(place_id) => put(n, { place_id })}
              options={shown}
            />
            <TextField
              label={tfo("hours")}
              value={one.hours}
              maxLength={60}
              onInput={(hours) => put(n, { hours })}
            />
            <Button
              tone="quiet"
              name={tfo("remove_place", {
                name: one.place_id ? named.place(one.place_id) : tfo("place", { n: n + 1 }),
              })}
              onPress={() => onChange(places.filter((_, at) => at !== n))}
            >
              ✕
            </Button>
          </div>
        );
      })}
      {places.length < PLACES_MAX ? (
        <Button onPress={() => onChange([...places, { place_id: "", hours: "" }])}>{tfo("add_place")}</Button>
      ) : null}
    </fieldset>
  );
}

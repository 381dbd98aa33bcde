import { useEffect } from "preact/hooks";
import { readMeta } from "../store/meta";
import { organisation } from "../store/state";

/** Whose Lykta this is, as its server last said: whoever works for two has two apps that look the same. */
export function useOrganisation(): string | null {
  useEffect(() => {
    void readMeta("organisation").then(
      (name) => {
        organisation.value ??= name;
      },
      () => undefined,
    );
  }, []);
  return organisation.value;
}

import { useEffect, useRef } from "preact/hooks";

/** `current` is false once the part is gone: what has waited for an answer then shuts nothing that was opened since. */
export function useIsHere() {
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  return isHere;
}

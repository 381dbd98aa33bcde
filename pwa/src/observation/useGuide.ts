import { useEffect, useState } from "preact/hooks";

const load = () => import("../guard/Guide");
type Part = Awaited<ReturnType<typeof load>>;

/**
 * What to do comes before what to write, where there is advice for a category. It is fetched with the form, so that
 * it is there at the tap, without a network too; a form whose advice did not come is a form all the same.
 */
export function useGuide(code: string | null, isWanted: boolean) {
  const [part, setPart] = useState<Part | null>(null);
  const [read, setRead] = useState(isWanted ? null : code);
  useEffect(() => void load().then(setPart, () => undefined), []);
  const known = part !== null && code !== null && part.hasGuide(code) ? part : null;
  return {
    /** To be read now; null when it has been, or there is none. */
    now: read === code ? null : known,
    /** Where it can be read again. */
    again: read === code ? known : null,
    done: () => setRead(code),
    show: () => setRead(null),
  };
}

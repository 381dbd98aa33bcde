/** Which shifts wait for a word from those who worked them: their newest review sent them back. Pure. */
import type { ReviewValue } from "../store/types";

/** Made at the desk, by the server's clock; of two in one moment, the one with the later id is the newer. */
function isNewer(one: ReviewValue, other: ReviewValue): boolean {
  return one.stated_at === other.stated_at ? one.id > other.id : one.stated_at > other.stated_at;
}

/** The newest first. */
export function returned(reviews: Iterable<ReviewValue>): ReviewValue[] {
  const newest = new Map<string, ReviewValue>();
  for (const one of reviews) {
    const known = newest.get(one.target);
    if (!known || isNewer(one, known)) newest.set(one.target, one);
  }
  return [...newest.values()]
    .filter((one) => one.verdict === "return")
    .sort((a, b) => (isNewer(a, b) ? -1 : 1));
}

/** Work that is done again and again while somebody can see the app: in a pocket a phone is left asleep. */

/** One timer for all of it, since each time that a phone wakes up costs its battery the same. */
const BEAT_MS = 15_000;

interface Work {
  run: () => void;
  /** Milliseconds; a multiple of the beat. */
  every_ms: number;
}

const works = new Set<Work>();
let timer: ReturnType<typeof setInterval> | undefined;
let beats = 0;

function beat(): void {
  beats++;
  for (const { run, every_ms } of works) if ((beats * BEAT_MS) % every_ms === 0) run();
}

function look(): void {
  const isWanted = works.size > 0 && document.visibilityState !== "hidden";
  if (isWanted) timer ??= setInterval(beat, BEAT_MS);
  else {
    clearInterval(timer);
    timer = undefined;
  }
}

/** Also as soon as the app is seen again. Gives a function that ends it. */
export function whileSeen(run: () => void, every_ms = BEAT_MS): () => void {
  const work = { run, every_ms };
  const turned = () => {
    look();
    if (document.visibilityState !== "hidden") run();
  };
  works.add(work);
  document.addEventListener("visibilitychange", turned);
  look();
  return () => {
    works.delete(work);
    document.removeEventListener("visibilitychange", turned);
    look();
  };
}

interface Options {
  /** How long to rest after an act that took so long. */
  rest_ms: (took_ms: number) => number;
  after: (delay_ms: number, work: () => void) => void;
  now: () => number;
}

/** Many wishes, few acts: runs `work` at once, then after a rest, never twice at the same time. */
export function coalesce(work: () => Promise<void>, { rest_ms, after, now }: Options): () => void {
  let resting = false;
  let wanted = false;
  const run = () => {
    resting = true;
    wanted = false;
    const began_ms = now();
    // `work` says itself what failed; here it only matters that it is over.
    void work()
      .catch(() => undefined)
      .then(() =>
        after(rest_ms(now() - began_ms), () => {
          resting = false;
          if (wanted) run();
        }),
      );
  };
  return () => {
    if (resting) wanted = true;
    else run();
  };
}

/** Many wishes, few acts: runs `work` at once, then at most once per interval, never twice at the same time. */
export function coalesce(
  work: () => Promise<void>,
  { interval_ms, after }: { interval_ms: number; after: (delay_ms: number, work: () => void) => void },
): () => void {
  let resting = false;
  let wanted = false;
  const run = () => {
    resting = true;
    wanted = false;
    // `work` says itself what failed; here it only matters that it is over.
    void work()
      .catch(() => undefined)
      .then(() =>
        after(interval_ms, () => {
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

import { useEffect, useState } from "preact/hooks";

/** Counts down to nought, a second at a time. */
export function useCountdown(): [number, (seconds: number) => void] {
  const [left_s, setLeft] = useState(0);
  useEffect(() => {
    if (left_s <= 0) return;
    const timer = setTimeout(() => setLeft(left_s - 1), 1000);
    return () => clearTimeout(timer);
  }, [left_s]);
  return [left_s, setLeft];
}

import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * The heading of a screen: it takes the focus when the screen is entered, and when `entered` changes. Before the screen
 * is seen: later, whoever already tabs on would be thrown back.
 */
export function useHeading(entered?: unknown) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [entered]);
  return heading;
}

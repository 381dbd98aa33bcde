import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Once the screen is drawn anew: a focus that has gone with its part goes to `near`, or to the page's heading. */
export function rescueFocus(near?: string): void {
  queueMicrotask(() => {
    const at = document.activeElement;
    if (at !== null && at !== document.body) return;
    const found = near === undefined ? null : document.querySelector<HTMLElement>(near);
    (found ?? document.querySelector<HTMLElement>("h1[tabindex]"))?.focus({ preventScroll: true });
  });
}

interface Props {
  near: string;
  class?: string;
  children: ComponentChildren;
}

/** Round what goes away by itself: whoever was on it with the keyboard is not thrown to the top of the page. */
export function FocusAfter({ near, class: name, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const to = useRef(near);
  to.current = near;
  useLayoutEffect(
    () => () => {
      if (box.current?.contains(document.activeElement)) rescueFocus(to.current);
    },
    [],
  );
  return (
    <div ref={box} class={name}>
      {children}
    </div>
  );
}

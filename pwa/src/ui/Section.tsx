import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** A named part of a screen: the small heading is the region's name. */
export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id} class="section-title">
        {title}
      </h2>
      {children}
    </section>
  );
}

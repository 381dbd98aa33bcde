import type { ComponentChildren } from "preact";

interface Props {
  children: ComponentChildren;
  /** The whole card leads here. */
  href?: string;
  tone?: "plain" | "danger" | "note" | "lantern";
}

export function Card({ children, href, tone = "plain" }: Props) {
  if (href)
    return (
      <a class={`card ${tone}`} href={href}>
        {children}
      </a>
    );
  return <div class={`card ${tone}`}>{children}</div>;
}

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { tl } from "../text/alarm";
import { useHeading } from "../ui/useHeading";
import { unseen } from "./alarm-state";

interface Props {
  title: string;
  lead?: ComponentChildren;
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** One view of the desk: its heading takes the focus when the view is entered. */
export function DeskPage({ title, lead, action, children }: Props) {
  const heading = useHeading();
  const n = unseen.value.length;
  useEffect(() => {
    document.title = `${n > 0 ? tl("desk_title", { title, n }) : title} · Lykta`;
  }, [title, n]);
  return (
    <>
      <header class="desk-head">
        {lead}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {action}
      </header>
      {children}
    </>
  );
}

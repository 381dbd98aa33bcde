import back from "lucide-static/icons/chevron-left.svg?raw";
import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { t } from "../text/index";
import { Icon } from "./Icon";
import { useHeading } from "./useHeading";

interface Props {
  title: string;
  /** What the heading shows, where that is more than the title. */
  heading?: ComponentChildren;
  /** Where the arrow leads; none on the four home tabs. */
  back?: string;
  action?: ComponentChildren;
  children: ComponentChildren;
  /** Stays at the thumb while the page scrolls. */
  footer?: ComponentChildren;
}

/** One screen: a heading that takes the focus when the screen is entered, contents, perhaps a foot. */
export function Page({ title, heading: shown, back: to, action, children, footer }: Props) {
  const heading = useHeading(title);
  useLayoutEffect(() => {
    document.title = `${title} · Lykta`;
  }, [title]);
  return (
    <>
      <main class="page">
        <header class="page-head">
          {to ? (
            <a class="button quiet only-icon" href={to} aria-label={t("ui.back")}>
              <Icon svg={back} />
            </a>
          ) : null}
          <h1 ref={heading} tabIndex={-1}>
            {shown ?? title}
          </h1>
          {action}
        </header>
        {children}
      </main>
      {footer ? <footer class="page-foot">{footer}</footer> : null}
    </>
  );
}

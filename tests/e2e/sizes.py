"""What a gloved hand and a tired eye need of a screen: room to tap, and text that may be twice as large."""

from playwright.sync_api import Page

#: Text of twice the size (WCAG 1.4.4) makes a screen longer, never wider: what is cut off or must be scrolled sideways.
_WIDE = """async () => {
  const { style } = document.documentElement;
  const usual = parseFloat(getComputedStyle(document.documentElement).fontSize);
  style.fontSize = `${usual * 2}px`;
  await new Promise(requestAnimationFrame);
  const wide = [...document.querySelectorAll("body *")]
    .filter(one => !one.closest("svg, canvas, table, .maplibregl-map, .group-bar, .desk-bar nav"))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.tagName}.${one.className}`);
  style.fontSize = "";
  return wide.slice(0, 5);
}"""

#: What can be tapped and is less than 48 by 48 (look.md); of a box to tick, its label. A link in a running line is as
#: high as the line (WCAG 2.5.8 exempts it), and what only a reader of the screen meets has no size.
_SMALL = """() => {
  const words = one => one.getAttribute("aria-label") ?? one.textContent;
  const name = one => `${one.tagName}.${one.className} ${words(one)}`.slice(0, 80);
  const isUnseen = one => one !== null
    && (getComputedStyle(one).clipPath === "inset(50%)" || isUnseen(one.parentElement));
  const isLine = one => getComputedStyle(one).display === "inline"
    && one.parentElement.textContent.trim().length > one.textContent.trim().length;
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button]")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !isLine(one) && !isUnseen(one))
    .map(one => one.matches("[type=radio], [type=checkbox]") ? one.labels[0] ?? one : one)
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 2 && height > 2 && (width < 47.5 || height < 47.5))
    .map(([one, { width, height }]) => `${name(one)}: ${Math.round(width)} x ${Math.round(height)}`);
}"""

#: The four that a host must hit without looking.
_MAIN = """() => [...document.querySelectorAll(".main-acts .button, .tabbar a")]
  .map(one => [one, one.getBoundingClientRect().height])
  .filter(([, height]) => height < 63.5)
  .map(([one, height]) => `${one.textContent}: ${Math.round(height)} high`)"""


def sizes(page: Page) -> dict[str, list[str]]:
    """Fault → where."""
    return {"small": page.evaluate(_SMALL), "main": page.evaluate(_MAIN), "wide": page.evaluate(_WIDE)}


#: Whose right edge lies beyond the screen though no box of theirs moves: what makes the page wider than it is.
_BEYOND = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const moves = one => one !== null && one !== document.documentElement
    && (getComputedStyle(one).overflowX !== "visible" || moves(one.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !moves(one.parentElement))
    .map(one => `${one.tagName}.${one.getAttribute("class")}`).concat("the page").slice(0, 5);
}"""


def sideways(page: Page) -> list[str]:
    """What is wider than the screen lies in a box of its own that moves, not on a page that does."""
    found: list[str] = page.evaluate(_BEYOND)
    return found

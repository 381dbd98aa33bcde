"""A hand that has no pointer: what has the focus, how it is reached, and whether the eye finds it."""

from playwright.sync_api import Page


def reach(page: Page, words: str, steps: int = 300) -> None:
    """By the tabulator alone, more than once around: a part of the screen may come a moment later."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return
    raise AssertionError(f"{words} is not reached by keyboard.")


def focused(page: Page) -> str:
    """The name of what has the focus."""
    return str(
        page.evaluate("""() => {
      const one = document.activeElement;
      const label = one.labels?.[0]?.textContent ?? one.getAttribute("aria-label") ?? one.textContent;
      return label.trim();
    }""")
    )


def outlined(page: Page) -> bool:
    """Whether the eye sees where the focus is: at the element itself, or at the row that it stands for."""
    return bool(
        page.evaluate("""() => {
      const seen = one => one !== null && getComputedStyle(one).outlineStyle !== "none";
      return seen(document.activeElement) || seen(document.activeElement.closest("li"));
    }""")
    )


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Reached by the tabulator, seen, and pressed."""
    reach(page, words)
    assert outlined(page), f"Nobody sees that the focus is at {words}."
    page.keyboard.press(key)


def write(page: Page, words: str, text: str) -> None:
    reach(page, words)
    page.keyboard.type(text)

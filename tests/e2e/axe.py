"""Accessibility of what is on the screen, by axe-core."""

from typing import Any

from playwright.sync_api import Page

from app.core.settings import PROJECT_DIR

SOURCE = PROJECT_DIR / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async only => (await axe.run(document, {
  resultTypes: ['violations'], ...(only === null ? {} : { runOnly: only })
})).violations"""
#: The rules that tell one theme from another.
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, only: list[str] | None = None) -> list[str]:
    """One sentence each: the rule, and where it is broken. The page's own policy does not bind the debugger."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN, only)
    return [f"{one['id']}: {one['help']} at {[' '.join(map(str, node['target'])) for node in one['nodes']][:4]}"
            for one in found]  # fmt: skip

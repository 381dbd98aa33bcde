"""A page of the desk looked at as it is wide and narrow, light and dark."""

from playwright.sync_api import Page

from tests.e2e.axe import violations
from tests.e2e.browser import DESK, PHONE
from tests.e2e.tour import put_on
from tests.e2e.town import RESULTS


def look(page: Page, name: str) -> None:
    """Pictures of it, and nothing that axe finds; the page is left wide and dark."""
    folder = RESULTS / "desk"
    for size, viewport in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(viewport)
        for theme in ("light", "dark"):
            put_on(page, theme)
            page.screenshot(path=folder / f"{name}-{size}-{theme}.png", animations="disabled", full_page=True)
            assert violations(page) == [], (name, size, theme)
    page.set_viewport_size(DESK)

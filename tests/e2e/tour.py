"""Every screen of the host's app and of the desk, one after the other, in whatever language and theme is set."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page, expect

SOON_MS = 20_000
#: Without waiting for colours on their way.
TURN = """async theme => {
  document.documentElement.dataset.theme = theme;
  await new Promise(requestAnimationFrame);
  for (const way of document.getAnimations()) way.finish();
}"""


@dataclass(frozen=True)
class Records:
    """Ids that the addresses of the screens need."""

    shift: str
    observation: str
    amended: str
    call: str


@dataclass(frozen=True)
class Stop:
    name: str
    fragment: str
    #: Selectors to press in turn, after which the screen is as meant.
    press: tuple[str, ...] = ()
    #: Waited for before the screen is looked at.
    shows: str = "main h1"
    #: Pressed in turn when done, so that no draft is left behind.
    leave: tuple[str, ...] = ()


CLOSE_FORM = (".page-head button", "dialog .button.danger")
CLOSE_SHEET = ("dialog .sheet-head button",)


def host_stops(ids: Records) -> list[Stop]:
    def new() -> str:
        return str(uuid4())

    category = "button.category >> nth=0"
    return [
        Stop("home", "#/falt", shows=".main-acts"),
        Stop("leave-shift", "#/falt", ("main .row.equal > button.plain:not(.large) >> nth=-1",), "dialog[open]",
             CLOSE_SHEET),
        Stop("log", "#/logg", shows="ol.log"),
        Stop("entry", f"#/logg/{ids.observation}", shows="dl.facts"),
        Stop("entry-retract", f"#/logg/{ids.observation}", ("main > .row.equal button >> nth=1",), "dialog[open]",
             CLOSE_SHEET),
        Stop("entry-corrected", f"#/logg/{ids.amended}", ("details summary",), "details dl.facts"),
        Stop("correct", f"#/observation/{new()}?ratta={ids.observation}", shows=".page-foot"),
        Stop("call", "#/ring", shows=".number"),
        Stop("call-one", f"#/ring/{ids.call}", shows="main .card"),
        Stop("call-close", f"#/ring/{ids.call}", ("main > .row.equal button >> nth=1",), "dialog[open]", CLOSE_SHEET),
        Stop("call-card", f"#/ring/kort/{new()}?tjanst=AMB112", shows=".coordinates"),
        Stop("call-handover", f"#/ring/overlamning/{ids.call}", shows=".handover"),
        Stop("call-log", f"#/ring/logga/{new()}?tjanst=POL114", shows="main select"),
        Stop("call-attempt", f"#/ring/forsok/{new()}?till={ids.call}", (".moment button >> nth=0",), ".moment.is-said",
             CLOSE_FORM),
        Stop("advice", "#/rad", shows=".guide"),
        Stop("alarm", "#/larm", ("details summary",), ".hold-button"),
        Stop("map", "#/falt/karta", shows=".list-side li"),
        Stop("status", "#/telefonen", shows="dl.facts"),
        Stop("codes", "#/telefonen/visa", shows="canvas.code"),
        Stop("codes-read", "#/telefonen/las", shows="[role=alert]"),  # there is no camera
        Stop("settings", "#/falt/installningar", shows="fieldset.chips"),
        Stop("sign-out", "#/falt/installningar", ("main .row.equal button >> nth=1",), "dialog[open]", CLOSE_SHEET),
        Stop("observation-grid", f"#/observation/{new()}", shows=".category-grid"),
        Stop("observation", f"#/observation/{new()}", (category, "button[aria-expanded=false]"), ".inset", CLOSE_FORM),
        Stop("observation-place", f"#/observation/{new()}", (category, "button.choice-line >> nth=1"), "dialog[open]",
             (*CLOSE_SHEET, *CLOSE_FORM)),
        Stop("observation-leave", f"#/observation/{new()}", (category, ".page-head button"), "dialog[open]",
             ("dialog .button.danger",)),
        Stop("check-in", f"#/incheckning/{new()}?typ=round", shows=".page-foot"),
        Stop("shift-start", f"#/falt/starta/{new()}", shows=".page-foot"),
        Stop("shift-end", f"#/falt/avsluta/{new()}?pass={ids.shift}", shows="textarea"),
        Stop("shift-ended", f"#/falt/klart/{ids.shift}"),
        Stop("sign-in-again", "#/logga-in", shows="form"),
        Stop("welcome", "#/valkommen/en-kod", shows="form"),
        Stop("no-such-entry", f"#/logg/{new()}"),
    ]  # fmt: skip


def desk_stops(ids: Records) -> list[Stop]:
    follow = ("#/uppfoljning?visa=klara", ".follow-table a >> nth=0")
    return [
        Stop("tonight", "#/ikvall", shows=".shift-card"),
        Stop("shifts", "#/pass", shows=".shift-table"),
        Stop("shifts-none", "#/pass?fran=2031-01-01&till=2031-01-02", shows=".empty"),
        Stop("shift", f"#/pass/{ids.shift}", ("ol.timeline [data-entry] >> nth=2",), ".entry-details"),
        Stop("map", "#/karta", shows=".list-side li"),
        Stop("settings", "#/installningar", shows="fieldset.chips"),
        Stop("no-such-shift", "#/pass/019a0000-0000-7000-8000-000000000000", shows="[role=alert]"),
        Stop("find", "#/sok", (".find-panel summary",), ".find-table"),
        Stop("find-map", "#/sok?som=map", shows=".list-side li"),
        Stop("follow-ups", "#/uppfoljning", shows=".follow-table"),
        Stop("follow-up", "#/uppfoljning", (".follow-table a >> nth=0",), ".work-page form >> nth=1"),
        Stop("follow-up-closed", follow[0], (follow[1],), ".work-page .card"),
        Stop("follow-up-begin", f"#/uppfoljning/ny/{ids.amended}", shows="form.work"),
        Stop("waiting", "#/karantan", shows=".empty, .waiting-list"),
        Stop("missing", "#/saknas", shows=".missing-line, .empty"),
        Stop("week", "#/vecka", shows=".chart svg"),
        Stop("week-records", "#/vecka", (".week-figures a[href*=poster] >> nth=0",), "main table"),
        Stop("focus", "#/fokus", shows=".briefing"),
        Stop("focus-write", f"#/fokus/skriv/{uuid4()}", (".briefing-places > .button",), ".briefing-place"),
        Stop("planning", "#/planering?vy=manad", shows=".plan-month"),
        Stop("planning-list", "#/planering?vy=lista", shows=".plan-list, .empty"),
        Stop("planning-new", "#/planering", ("main .button.main >> nth=0",), "dialog[open]", CLOSE_SHEET),
        Stop("disclosures", "#/utlamnanden", shows=".empty, .disclosure-table"),
        Stop("disclosures-new", "#/utlamnanden/ny?ord=lampa", shows=".hand-out-bar"),
    ]  # fmt: skip


def admin_stops() -> list[Stop]:
    """Of somebody who may change all of it."""
    new, change = "main .button.main >> nth=0", "main td.act .button >> nth=-1"

    def sheet(name: str, page: str, press: str) -> Stop:
        return Stop(name, f"#/installningar/{page}", (press,), "dialog[open] form", CLOSE_SHEET)

    return [
        Stop("people", "#/installningar/personer", shows=".desk-table >> nth=1"),
        sheet("person-new", "personer", new),
        sheet("person", "personer", ".desk-table >> nth=0 >> td.act .button >> nth=0"),
        Stop("numbers", "#/installningar/nummer", shows=".desk-table"),
        sheet("number-new", "nummer", new),
        sheet("number", "nummer", change),
        Stop("places", "#/installningar/platser", shows=".desk-table"),
        sheet("place-new", "platser", new),
        sheet("area", "platser", ".desk-table >> nth=0 >> td.act .button >> nth=0"),
        Stop("categories", "#/installningar/kategorier", shows=".desk-table"),
        sheet("category-new", "kategorier", new),
        Stop("category", "#/installningar/kategorier", (change,), "dialog[open]", CLOSE_SHEET),
        Stop("ladders", "#/installningar/larmkedja", shows=".ladders"),
        sheet("ladder", "larmkedja", ".ladders .row .button >> nth=0"),
    ]


def walk_through(page: Page, stops: list[Stop], look: Callable[[str], None]) -> None:
    for stop in stops:
        page.evaluate("to => { location.hash = '#/'; location.hash = to }", stop.fragment)
        for selector in stop.press:
            page.locator(selector).click()
        expect(page.locator(stop.shows).first).to_be_visible(timeout=SOON_MS)
        look(stop.name)
        for selector in stop.leave:
            page.locator(selector).click()
        if stop.leave:  # a form throws its draft away before it goes
            expect(page.locator("dialog")).to_have_count(0)
            expect(page.get_by_role("navigation").last).to_be_visible()


def dress(page: Page, settings: str, language: str, theme: str) -> None:
    """Chooses language and theme at the settings of the host's app or of the desk."""
    page.evaluate("to => { location.hash = to }", settings)
    word = {"sv": "Svenska", "en": "English"}[language]
    page.locator("label.chip").filter(has_text=word).click()
    expect(page.locator(f"html[lang={language}]")).to_be_attached()
    place = {"system": 0, "dark": 1, "light": 2, "red": 3}[theme]
    page.locator("fieldset.chips").nth(1).locator("label.chip").nth(place).click()
    expect(page.locator(f"html[data-theme={theme}]")).to_be_attached()


def put_on(page: Page, theme: str) -> None:
    """Shows the page in a theme's colours without a visit to the settings, which keep what they said."""
    if theme != "system":
        page.evaluate(TURN, theme)

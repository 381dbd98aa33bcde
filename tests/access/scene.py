"""An application with the world that the table of routes asks for, and everybody signed in: made once, copied often."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from starlette.testclient import TestClient

import app.main
from app.access.context import Context
from app.core.db import Database, fold
from tests.access.entries import World
from tests.support.client import BASE_URL, ORIGIN, Browser, Phone
from tests.support.factories import a_shift, an_escalation, an_observation
from tests.support.world import CAST, FakeClock, Person, make_context, make_journal

B = TypeVar("B", bound=Browser)


@dataclass(frozen=True)
class Template:
    """A database file; the cookies of each person's browser, by username; and those of Alva's phone."""

    file: Path
    world: World
    cookies: Mapping[str, Mapping[str, str]]
    phone: Mapping[str, str]


@dataclass(frozen=True)
class Scene:
    api: TestClient
    ctx: Context
    template: Template

    @property
    def world(self) -> World:
        return self.template.world

    def browser(self, person: Person) -> Browser:
        """That has signed in."""
        made = Browser(self.api)
        made.cookies |= self.template.cookies[person.username]
        return made

    def phone(self) -> Browser:
        """Alva's."""
        made = Browser(self.api)
        made.cookies |= self.template.phone
        return made


def make_template(with_cast: Path, file: Path, data_dir: Path) -> Template:
    shutil.copyfile(with_cast, file)
    with _application(file, data_dir) as (api, ctx):
        phone, other = _signed_in(Phone(api), CAST.alva), _signed_in(Phone(api), CAST.cim)
        world = _play(ctx, phone, other)
        cookies = {person.username: _signed_in(Browser(api), person).cookies for person in CAST.everybody}
    fold(file)
    return Template(file, world, cookies, phone.cookies)


@contextmanager
def scene_of(template: Template, file: Path, data_dir: Path) -> Iterator[Scene]:
    """`file`: where its own copy of the database will lie, and not stay."""
    shutil.copyfile(template.file, file)
    with _application(file, data_dir) as (api, ctx):
        yield Scene(api, ctx, template)
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()


@contextmanager
def _application(file: Path, data_dir: Path) -> Iterator[tuple[TestClient, Context]]:
    db = Database(f"sqlite:///{file}")
    ctx = make_context(db, make_journal(db, FakeClock()), data_dir)
    made = app.main.create_app(ctx)
    with TestClient(made, base_url=BASE_URL, headers={"Origin": ORIGIN}, raise_server_exceptions=False) as api:
        yield api, ctx
    db.close()


def _signed_in(browser: B, person: Person) -> B:
    assert browser.sign_in(person).status_code == 201
    return browser


def _play(ctx: Context, phone: Phone, other: Phone) -> World:
    shift = phone.start(a_shift(CAST.alva, CAST.cim))
    seen = phone.seal("observation.create", an_observation(), shift=shift)
    called = phone.seal("escalation.create", an_escalation(), shift=shift)
    assert {r["status"] for r in phone.send(seen, called)} == {"applied"}
    raised = other.seal("alert.raise", {"kind": "help"}, shift=shift)
    assert {r["status"] for r in other.send(raised)} == {"applied"}
    made = {"observation": seen["id"], "kind": "fault_report", "owner": CAST.bo.id, "due": "2026-12-01"}
    followed = ctx.journal.write("followup.create", made, author=CAST.bo.id, shift=shift)
    return World(shift, seen["id"], called["id"], raised["id"], followed.id)

"""Everybody is told in the language that their app last said."""

import pytest

from app.access.context import Context
from app.alert import texts as alert
from app.notify import send, texts
from tests.notify.conftest import Subscribe
from tests.support.client import Browser, Phone
from tests.support.tables import journalled
from tests.support.world import EVENING, Cast


def _choose(browser: Browser, language: str) -> None:
    assert browser.request("PUT", "/notices/language", json={"language": language}).status_code == 204


def test_a_notice_comes_in_each_persons_own_language(
    ctx: Context, alva: Phone, bo: Browser, subscribe: Subscribe, cast: Cast
) -> None:
    hers, his = subscribe(alva), subscribe(bo)
    _choose(bo, "en")
    spoken = alert.notice(cast.cim.id, "help", name="Cim", at=EVENING, now=EVENING)
    sent = send.send(ctx, [cast.alva.id, cast.bo.id], spoken)
    assert [one.ok for one in sent] == [True, True]
    assert [one["title"] for one in hers.got] == ["Larm: hjälp"]
    assert [one["title"] for one in his.got] == ["Alarm: help"]


def test_what_is_said_again_is_one_op(ctx: Context, bo: Browser) -> None:
    for language in ("en", "en", "sv", "sv"):
        _choose(bo, language)
    with ctx.db.read() as conn:
        assert [op.type for op in journalled(conn)].count("user.language") == 2


@pytest.mark.parametrize("kind", ["help", "threat", "test", "overdue"])
@pytest.mark.parametrize("to_host", [True, False])
def test_every_notice_is_there_in_both_languages_and_says_the_same(kind: str, to_host: bool) -> None:
    spoken = alert.notice("a-1", kind, name="", at=EVENING, now=EVENING, to_host=to_host)
    assert set(spoken) == {"sv", "en"}
    swedish, english = spoken["sv"], spoken["en"]
    assert (swedish.kind, swedish.url, swedish.urgent) == (english.kind, english.url, english.urgent)
    assert swedish.title != english.title
    assert "21:00" in swedish.body
    assert "21:00" in english.body
    assert "{" not in swedish.body + english.body
    assert len({one.alert_id for one in texts.trial().values()}) == 1

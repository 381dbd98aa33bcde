"""Headers on every kind of answer, and errors that tell nothing of what was sent or of our insides."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import app.main
from app.access.context import Context
from app.core.ids import is_uuid
from app.core.web import API_CSP, CSP
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem, assert_silent, watched_logs
from tests.support.client import ORIGIN, Browser
from tests.support.world import Cast

pytestmark = on_sqlite


@pytest.fixture
def site(ctx: Context, tmp_path: Path, _one_api: None) -> Any:
    """With a built app to serve."""
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>Lykta</title>")
    (web / "sw.js").write_text("// worker")
    (web / "assets" / "main-abc123.js").write_text("export {}")
    with TestClient(app.main.create_app(ctx), base_url=ORIGIN, raise_server_exceptions=False) as client:
        yield client


ANSWERS = [("GET", "/", 200), ("GET", "/sw.js", 200), ("GET", "/assets/main-abc123.js", 200), ("GET", "/nothing", 404),
           ("GET", "/healthz", 200), ("GET", "/api/v1/sync/hello", 200), ("GET", "/api/v1/session", 401),
           ("GET", "/api/v1/nothing", 404), ("PUT", "/api/v1/session", 405), ("POST", "/api/v1/sessions", 403),
           ("GET", "/api/v1/sync/pull?limit=0", 401), ("POST", "/", 405), ("GET", "/../../etc/passwd", 404),
           ("OPTIONS", "/api/v1/sync/push", 405)]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_its_headers(site: TestClient, method: str, path: str, status: int) -> None:
    answer = site.request(method, path)
    assert answer.status_code == status
    headers = answer.headers
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert (headers["x-frame-options"], headers["cross-origin-resource-policy"]) == ("DENY", "same-origin")
    if path.startswith("/api/"):  # loads nothing, whatever it says
        assert headers["content-security-policy"] == API_CSP
        assert headers["cache-control"] == "no-store"
    else:
        assert headers["content-security-policy"] == CSP
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "microphone=()" in headers["permissions-policy"]
    assert is_uuid(headers["x-request-id"])
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize(("method", "path", "status"), [a for a in ANSWERS if a[2] >= 400])
def test_every_error_is_a_problem(site: TestClient, method: str, path: str, status: int) -> None:
    answer = site.request(method, path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["type"].startswith("/problems/")


def test_https_asks_to_stay_with_it(ctx: Context) -> None:
    with TestClient(app.main.create_app(ctx), base_url="https://lykta.example") as client:
        assert "max-age" in client.get("/healthz").headers["strict-transport-security"]


@pytest.mark.parametrize(("path", "kept"), [
    ("/", "no-cache"), ("/sw.js", "no-cache"), ("/assets/main-abc123.js", "max-age=31536000, immutable"),
    ("/api/v1/sync/hello", "no-store"), ("/api/v1/session", "no-store"),
])  # fmt: skip
def test_only_hashed_files_may_be_kept(site: TestClient, path: str, kept: str) -> None:
    assert site.get(path).headers["cache-control"] == kept


@pytest.mark.parametrize(("given", "kept"), [
    ("019a0000-0000-7000-8000-000000000001", True), ("kanarie-4711", False), ("x\ty", False),
])  # fmt: skip
def test_a_request_id_is_taken_over_only_where_it_is_one(stranger: Browser, given: str, kept: bool) -> None:
    with watched_logs() as lines:
        answer = stranger.api.get("/sync/hello", headers={"X-Request-Id": given})
    assert (answer.headers["x-request-id"] == given) is kept
    assert is_uuid(answer.headers["x-request-id"])
    assert len(lines) == 1


def test_a_crash_is_a_problem_and_tells_nothing(
    sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def crash(*_args: object) -> None:
        raise RuntimeError(f"what {CANARY} wrote")

    browser = sign_in(cast.bo)
    monkeypatch.setattr("app.sync.routes.pull_feed", crash)
    with watched_logs() as lines:
        answer = browser.get("/sync/pull", params={"cursor": CANARY})
    assert_problem(answer, 500, "internal")
    assert answer.headers["content-security-policy"] == API_CSP
    assert [(line["event"], line.get("error")) for line in lines] == [("unhandled", "RuntimeError"), ("request", None)]
    assert CANARY not in "".join(capfd.readouterr())


def test_logs_tell_the_route_and_not_what_was_typed(sign_in: SignIn, cast: Cast, api: TestClient) -> None:
    browser = sign_in(cast.bo)
    with watched_logs() as lines:
        browser.get(f"/sync/receipts/{CANARY}", params={"q": CANARY}, headers={"User-Agent": "kanarie-4711"})
        browser.get(f"/{CANARY}")
        api.post("/sessions", json={"username": CANARY, "password": CANARY})
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["status"]) for line in requests] == [("GET", 404), ("GET", 404), ("POST", 401)]
    assert set(requests[0]) >= {"route", "ms", "status", "method"}


def test_a_body_beyond_every_limit_is_refused(stranger: Browser) -> None:
    most = 2 * 1024 * 1024
    announced = stranger.post("/sessions", content=b" " * (most + 1))
    flowing = stranger.post("/sessions", content=iter([b" " * most, b" "]))
    for answer in (announced, flowing):
        assert assert_problem(answer, 413, "too-large")["max_bytes"] == most


def test_an_unknown_path_is_not_given_back(stranger: Browser) -> None:
    assert_silent(stranger.get(f"/{CANARY}"))


def test_health_tells_whether_the_database_answers(site: TestClient, ctx: Context) -> None:
    assert site.get("/healthz").json() == {"status": "ok"}
    ctx.db.close()
    path = Path(ctx.db.url.removeprefix("sqlite:///"))
    moved = path.rename(path.with_suffix(".away"))
    path.mkdir()
    assert_problem(site.get("/healthz"), 503, "busy")
    path.rmdir()
    moved.rename(path)

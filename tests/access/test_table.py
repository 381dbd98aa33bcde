"""The table of `test_routes`, the table of rights and the browser's policy, read as they are."""

from app.access.permission import BY_ROLE, BY_SCOPE, Right
from app.core.web import CSP
from app.main import ROUTERS, describe
from tests.access.test_routes import TABLE


def test_the_table_has_every_route_and_no_other() -> None:
    there = {
        (method, str(getattr(route, "path", "")))
        for router in ROUTERS
        for route in router.routes
        for method in getattr(route, "methods", ())
    }
    assert set(TABLE) == there


def test_every_route_is_described() -> None:
    described = {(method.upper(), path) for path, methods in describe()["paths"].items() for method in methods}
    assert set(TABLE) == described


def test_every_right_is_given_to_somebody() -> None:
    assert set(BY_ROLE) == set(Right)
    assert all(BY_ROLE.values())
    assert set(BY_SCOPE) <= set(Right)


def test_the_policy_allows_no_other_host_and_nothing_inline() -> None:
    rules = dict(part.strip().split(" ", 1) for part in CSP.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in CSP
    assert "http" not in CSP
    assert "*" not in CSP
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"

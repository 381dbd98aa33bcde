"""The table of `test_routes` and the table of rights against the routes that there are."""

from app.access.permission import BY_ROLE, BY_SCOPE, Right
from app.main import ROUTERS, describe
from tests.access.test_routes import TABLE


def test_the_table_has_every_route_and_no_other() -> None:
    there = {
        (method, str(getattr(route, "path", "")))
        for router in ROUTERS
        for route in router.routes
        for method in set(getattr(route, "methods", ())) - {"HEAD"}
    }
    assert set(TABLE) == there


def test_every_route_is_described() -> None:
    described = {(method.upper(), path) for path, methods in describe()["paths"].items() for method in methods}
    assert set(TABLE) == described


def test_every_right_is_given_to_somebody() -> None:
    assert set(BY_ROLE) == set(Right)
    assert all(BY_ROLE.values())
    assert set(BY_SCOPE) <= set(Right)

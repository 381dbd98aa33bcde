"""What the tests share: databases, people, browsers and phones, and plausible content."""

import pytest

on_sqlite = pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("db_url", ["postgresql"], indirect=True)

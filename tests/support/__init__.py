"""What the tests share: databases, people, browsers and phones, and plausible content."""

import os

import pytest

on_sqlite = pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("db_url", ["postgresql"], indirect=True)
#: Long, and on PostgreSQL only with `make soak`.
on_both_at_length = pytest.mark.parametrize(
    "db_url", ["sqlite", "postgresql"] if os.environ.get("LYKTA_AT_LENGTH") else ["sqlite"], indirect=True
)

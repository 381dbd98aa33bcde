"""The driver alone, 100 rows a commit, WAL, synchronous=FULL: `python -m tests.bench.raw FILE` prints rows a second.

Rows of a body and ten columns. Imports nothing of the app, so that nothing of it is measured.
"""

import sys
import time

from pysqlite3 import dbapi2 as sqlite

ROWS, ROWS_A_COMMIT, BODY_BYTES = 40_000, 100, 520


def rows_per_s(path: str) -> float:
    connection = sqlite.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=2000", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")
    columns = ", ".join(f"c{n}" for n in range(10))
    connection.execute("DROP TABLE IF EXISTS op")
    connection.execute(f"CREATE TABLE op (id TEXT PRIMARY KEY, body BLOB, {columns})")
    statement = f"INSERT INTO op VALUES ({', '.join('?' * 12)})"
    body, base = b"x" * BODY_BYTES, time.time_ns()
    began = time.perf_counter()
    for start in range(0, ROWS, ROWS_A_COMMIT):
        rows = [(f"{base + n:032x}", body, n, "checkin.create", 1, None, "2026", "a", "b", None, 1.5, "applied")
                for n in range(start, start + ROWS_A_COMMIT)]  # fmt: skip
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statement, rows)
        connection.execute("COMMIT")
    rate = ROWS / (time.perf_counter() - began)
    connection.close()
    return rate


if __name__ == "__main__":
    print(rows_per_s(sys.argv[1]))

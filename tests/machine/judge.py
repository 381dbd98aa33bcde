"""What the tables hold after each step, against the ledger: the invariants of the protocol that a server can break."""

from dataclasses import dataclass
from typing import Any

from app.core.clock import stamp
from app.core.db import Database
from app.journal import chain
from app.journal.rebuild import rebuild
from app.journal.rows import Head, head
from app.journal.verify import verify
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.machine.ledger import Ledger, data_of
from tests.support.tables import journalled, projected

Key = tuple[str, str]


@dataclass(frozen=True)
class Stored:
    """`rows`: (id, hash) → journal row, the server's own left out. `first`: id → hash of what came first under it."""

    rows: dict[Key, Any]
    first: dict[str, str]
    chains: dict[int, str]


class Judge:
    def __init__(self, db: Database, ledger: Ledger) -> None:
        self.db = db
        self.ledger = ledger
        #: Told once, told for ever, as long as this history lasts (I4).
        self.told: dict[Key, tuple[int, str]] = {}
        #: Nothing is stored or released without a new head.
        self.seen_whole: Head | None = None

    def forget(self) -> None:
        self.told.clear()

    def stored(self) -> Stored:
        with self.db.read() as conn:
            found = journalled(conn)
        keyed = [((row.op_id, chain.text(bytes(row.hash))), row) for row in found]
        rows = {key: row for key, row in keyed if row.install is not None}
        assert len(rows) == sum(row.install is not None for row in found), "The same op is there twice (I4)."
        first: dict[str, str] = {}
        for op_id, digest in rows:
            first.setdefault(op_id, digest)
        return Stored(rows, first, {row.seq: chain.text(bytes(row.chain)) for row in found})

    def knows(self, seen: dict[str, Any] | None) -> bool:
        return seen is None or seen["seq"] == 0 or self.stored().chains.get(seen["seq"]) == seen["chain"]

    def minted(self, epoch: str, frames_epoch: str | None, before: Stored) -> None:
        """One epoch for a discovered step back; nothing is stored with it."""
        with self.db.read() as conn:
            assert head(conn).epoch == epoch != frames_epoch
        assert self.stored() == before

    def answer(self, frame: dict[str, Any], told: dict[str, Any], before: Stored) -> None:
        now = self.stored()
        assert told["nonce"] == frame["nonce"]
        assert len(told["results"]) == len(frame["ops"])
        verdicts = self.ledger.verdicts(now.first)
        known = set(before.rows)
        for op, result in zip(frame["ops"], told["results"], strict=True):
            key = (op["id"], op["hash"])
            assert (result["id"], result["hash"]) == key
            if self.ledger.sealed[key]["body"] != op["body"]:
                assert (result["status"], result["why"], result["seq"]) == ("retry", "hash", None)
                continue
            assert key in now.rows, "Answered for, and not there (I5, I6)."
            self._result(result, now.rows[key], verdicts[key], before.rows.get(key), is_known=key in known)
            known.add(key)
        assert set(now.rows) == known, "Stored without a result, or lost."
        assert told["head"] == {"seq": max(now.chains), "chain": now.chains[max(now.chains)]}
        self._numbers(frame["install"], told, now)

    def _result(self, result: dict[str, Any], row: Any, why: str | None, before: Any, *, is_known: bool) -> None:
        key = (result["id"], result["hash"])
        assert bytes(row.body).decode() == self.ledger.sealed[key]["body"], "Other bytes than were sealed (I3)."
        place = (result["seq"], result["received_at"])
        assert place == (row.seq, stamp(row.received_at)) == self.told.setdefault(key, place)
        assert (row.status, row.why) == (("applied", None) if why is None else ("quarantined", why)), row.type
        assert result["status"] == ("duplicate" if is_known else row.status)
        # A repeat of what this very push releases is told why it waited until then.
        assert result["why"] == row.why or (before is not None and result["why"] == before.why)

    def _numbers(self, install: str, told: dict[str, Any], now: Stored) -> None:
        """I12, and the same number used twice."""
        own = [row for row in now.rows.values() if row.install == install and row.why != "conflict"]
        used = {row.client_seq for row in own}
        missing = [n for n in range(1, max(used, default=0)) if n not in used]
        gaps: list[list[int]] = []
        for n in missing:
            if gaps and gaps[-1][1] == n - 1:
                gaps[-1][1] = n
            else:
                gaps.append([n, n])
        assert told["gaps"] == gaps
        assert told["fork"] is (len(used) < len(own))

    def whole(self) -> None:
        """I21, and every row as the ledger says, also those that were released since (I6, I8)."""
        with self.db.read() as conn:
            if (now_at := head(conn)) == self.seen_whole:
                return
            report = verify(conn)
        assert report.ok, report.faults
        self.seen_whole = now_at
        now = self.stored()
        for key, why in self.ledger.verdicts(now.first).items():
            if key in now.rows:
                row = now.rows[key]
                assert (row.status, row.why) == (("applied", None) if why is None else ("quarantined", why)), row.type

    def agrees(self, written: list[dict[str, Any]]) -> None:
        """Ledger == applied ∪ quarantined, each once, byte for byte; what is applied is what people read."""
        now = self.stored()
        for op in (op for each in written for op in each.values()):
            assert bytes(now.rows[op["id"], op["hash"]].body).decode() == op["body"]
        assert set(now.rows) <= set(self.ledger.sealed)
        applied = {key[0]: self.ledger.sealed[key] for key, row in now.rows.items() if row.status == "applied"}
        with self.db.read() as conn:
            tables = projected(conn)
        for table, op_type, member in (("checkin", "checkin.create", "note"), ("comment", "comment.add", "text"),
                                       ("escalation", "escalation.create", "cause"),
                                       ("escalation_attempt", "escalation.attempt", "note")):  # fmt: skip
            said = {key: data_of(op)[member] for key, op in applied.items() if op["type"] == op_type}
            assert {row["id"]: row[member] for row in tables[table]} == said, table
        seen = {key for key, op in applied.items() if op["type"] == "observation.create"}
        assert {row["id"] for row in tables["observation"]} == seen

    def rebuilt(self) -> None:
        """I23."""
        with self.db.read() as conn:
            before = projected(conn)
        rebuild(self.db, REGISTRY, PROJECTIONS)
        with self.db.read() as conn:
            assert projected(conn) == before

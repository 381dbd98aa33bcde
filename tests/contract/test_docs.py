"""What the documents say is what the code does: settings, commands, and the arithmetic of the chain."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.main import get_command

from app.access.context import Context
from app.cli import app as cli
from app.core.settings import PROJECT_DIR, Settings
from app.journal import chain
from app.journal.verify import verify
from tests.support import on_sqlite

README = (PROJECT_DIR / "README.md").read_text(encoding="utf-8")
JOURNAL = (PROJECT_DIR / "docs" / "journal.md").read_text(encoding="utf-8")
DECISIONS = (PROJECT_DIR / "docs" / "decisions.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", JOURNAL, re.DOTALL)
    assert found is not None
    return found.group(1)


def commands() -> set[str]:
    found = set()
    for name, command in get_command(cli).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found |= {f"lykta {name} {sub}" for sub in inner} if inner else {f"lykta {name}"}
    return found


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    told = set(re.findall(r"^\| `(LYKTA_[A-Z_]+)` \|", README, re.MULTILINE))
    assert told == {f"LYKTA_{name.upper()}" for name in Settings.model_fields}


def test_every_command_is_in_the_readme_and_no_other() -> None:
    table = "\n".join(line for line in README.splitlines() if line.startswith("| `lykta "))
    assert set(re.findall(r"`(lykta [a-z]+(?: [a-z]+)?)", table)) == commands()


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "docs/journal.md", "docs/decisions.md"])
def test_what_a_document_points_at_is_there(document: str) -> None:
    path = PROJECT_DIR / document
    targets = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    missing = [t for t in targets if not t.startswith("docs/pictures/") and not (path.parent / t).exists()]
    assert missing == []


def test_every_decision_tells_its_choice_and_what_would_change_it() -> None:
    for decision in DECISIONS.split("\n## ")[1:]:
        assert all(f"\n- {part}:" in decision for part in ("Context", "Options", "Choice", "Would change our mind"))


def test_the_example_of_the_chain_is_right() -> None:
    bodies = block("json").splitlines()
    ops = re.findall(r"^\| (\d) \| `([0-9a-f-]{36})` \| `([^`]+)` \|", JOURNAL, re.MULTILINE)
    told = re.findall(r"^\| \d \| `(sha256:[0-9a-f]{64})` \| `(sha256:[0-9a-f]{64})` \|", JOURNAL, re.MULTILINE)
    link, computed = chain.GENESIS, []
    for (seq, op_id, received_at), body in zip(ops, bodies, strict=True):
        digest = chain.of(body.encode())
        link = chain.link(link, op_id, digest, int(seq), received_at)
        computed.append((chain.text(digest), chain.text(link)))
    assert computed == told


@on_sqlite
def test_the_script_in_the_document_finds_the_same_head_and_a_changed_row(ctx: Context, tmp_path: Path) -> None:
    """Run as a stranger would: on a copy of the database, with nothing of ours."""
    for n in range(3):
        ctx.journal.write("contact.put", {"id": f"019a0000-0000-7000-8000-00000000000{n}", "service": "FEL",
                                          "name": "Åsa"}, author=None)  # fmt: skip
    copy = tmp_path / "copy.db"
    with ctx.db.engine.connect() as conn:
        conn.exec_driver_sql("COMMIT")
        conn.exec_driver_sql(f"VACUUM INTO '{copy}'")
        conn.exec_driver_sql("BEGIN")
    with ctx.db.read() as conn:
        report = verify(conn)
    script = tmp_path / "check.py"
    script.write_text(block("python"), encoding="utf-8")

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, script, copy], capture_output=True, text=True, check=False)

    assert run().stdout == f"{report.ops} ops, head {report.head_chain}\n"
    with closing(sqlite3.connect(copy)) as spoilt:
        spoilt.execute("UPDATE journal_op SET received_at = received_at - 1000 WHERE seq = 2")
        spoilt.commit()
    assert "chain 2" in run().stderr

"""Break the build on purpose and see a test catch it: `python -m tests.mutants [--write] [PART OF A NAME …]`.

Works on a copy of the tree. Fails if a mutant survives, or no longer fits the code.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.table import MACHINE, MUTANTS, SIMULATION, Mutant

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
TEST_S_MAX = 300
#: All of them together, on the whole build.
TESTS_S_MAX = 1800
TITLE = "## Broken on purpose\n"
INTRO = """
`make mutants` breaks the build in each of these ways, in a copy of the tree, and runs the one test that must notice.
A mutant that survives, or that no longer fits the code, fails the command. The tests pass on the whole build first.
`the simulation` is `pwa/src/sync/sim`: the app's real code among faults, from fixed seeds. `the evenings` is
`tests/machine`: the real server in evenings that are made up. Some need PostgreSQL or strace.

| broken so | rule | in | noticed by |
| --- | --- | --- | --- |
"""


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.mutants", description="Break the build, see it caught.")
    asked.add_argument("names", nargs="*", help="parts of names; all if none")
    asked.add_argument("--write", action="store_true", help="write the table into docs/reliability.md and stop")
    args = asked.parse_args()
    if args.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(TITLE)
        after = rest[rest.index("\n## ") :]
        PAGE.write_text(before + TITLE + table() + after, encoding="utf-8")
        return 0
    chosen = [m for m in MUTANTS if not args.names or any(part in m.name for part in args.names)]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder) / "tree"
        copy(tree)
        if not is_sound(tree, chosen):
            return 1
        verdicts = [told(mutant, judge(tree, mutant)) for mutant in chosen]
    caught = verdicts.count("caught")
    print(f"{caught} of {len(verdicts)} caught")
    return 0 if caught == len(verdicts) else 1


def table() -> str:
    """The part of the page below its title."""
    tests = {m.test: f"`{m.test.replace('::', '` `')}`" if m.test.count("/") < 3 else "the simulation" for m in MUTANTS}
    tests |= {SIMULATION: "the simulation", MACHINE: "the evenings"}
    return INTRO + "".join(f"| {m.name} | {m.holds} | `{m.file}` | {tests[m.test]} |\n" for m in MUTANTS)


def copy(tree: Path) -> None:
    """What git knows or would take in, and the packages of the app by a link."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tree / name)
    (tree / "pwa" / "node_modules").symlink_to((ROOT / "pwa" / "node_modules").resolve())


def is_sound(tree: Path, chosen: Sequence[Mutant]) -> bool:
    """Without this, a test that fails for any other reason would look like a catch."""
    for is_client in (True, False):
        tests = sorted({m.test for m in chosen if m.is_client is is_client})
        if not tests:
            continue
        code, output = run(tree, tests, is_client=is_client, limit_s=TESTS_S_MAX)
        if code != 0:
            print(output[-4000:], "These tests fail on the whole build: nothing can be told from them.", sep="\n")
            return False
    return True


def judge(tree: Path, mutant: Mutant) -> str:
    path = tree / mutant.file
    whole = path.read_text(encoding="utf-8")
    if whole.count(mutant.text) != 1:
        return "does not fit the code any more"
    path.write_text(whole.replace(mutant.text, mutant.becomes), encoding="utf-8")
    try:
        code, output = run(tree, [mutant.test], is_client=mutant.is_client)
    finally:
        path.write_text(whole, encoding="utf-8")
    if code == 0:
        return "SURVIVED"
    # Only a test that failed is a catch: not a file that could not be read.
    failed = re.search(r"Tests\s+[1-9]\d* failed" if mutant.is_client else r"[1-9]\d* failed", output)
    return "caught" if failed else f"could not be tested:\n{output[-2000:]}"


def run(tree: Path, tests: Sequence[str], *, is_client: bool, limit_s: int = TEST_S_MAX) -> tuple[int, str]:
    if is_client:
        command = ["npx", "--no-install", "vitest", "run", "--bail=1", *tests]
    else:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # The path: servers that tests start are of the copy, too. The app that they hand out is never looked at.
    env = {**os.environ, "PATH": path, "NO_COLOR": "1", "CI": "1", "PYTHONDONTWRITEBYTECODE": "1",
           "PYTHONPATH": str(tree), "LYKTA_WEB_DIR": str(ROOT / "pwa" / "dist")}  # fmt: skip
    env.pop("FORCE_COLOR", None)
    where = tree / "pwa" if is_client else tree
    try:
        done = subprocess.run(
            command, cwd=where, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=limit_s, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1, f"no end after {limit_s} s"
    return done.returncode, done.stdout


def told(mutant: Mutant, verdict: str) -> str:
    print(f"{time.strftime('%H:%M:%S')}  {mutant.holds:4} {mutant.name}: {verdict}", flush=True)
    return verdict


if __name__ == "__main__":
    sys.exit(main())

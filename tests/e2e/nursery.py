"""One interpreter that has the app imported, and gives birth to servers: the same program, seconds sooner.

A server begins with the imports, some three seconds of a processor each, and the tests start hundreds. A child is a
process group of its own, as one that was started by its name; what only a new interpreter shows starts one.
"""

import atexit
import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_PTRACER, ANY = 0x59616D61, -1
LINE_MAX = 1 << 20


def die_with_the_parent() -> None:
    """In a child: a test run that is itself killed leaves no server behind. Linux only; elsewhere it would stay."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def may_be_watched() -> None:
    """In a child: a tracer that is no parent of it may come later (Yama says no to that by itself)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANY, 0, 0, 0)


class Child:
    """What the tests use of a `subprocess.Popen`."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self.pid, self.returncode = pid, None
        self._nursery = nursery

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._nursery.ask(poll=self.pid)
        return self.returncode

    def wait(self, timeout_s: float | None = None) -> int:
        """Raises TimeoutExpired."""
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout_s or 0)
            time.sleep(0.02)
        return code

    def terminate(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)


class Nursery:
    """The tests' side. Begun when it is first asked; goes with the process that began it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Any = None

    def ask(self, **words: Any) -> Any:
        with self._lock:
            line = self._line or self._begin()
            line.sendall(json.dumps(words).encode() + b"\n")
            return json.loads(self._answers.readline(LINE_MAX))["told"]

    def start(
        self, argv: Sequence[str], env: Mapping[str, str], out: Path, err: Path | None = None, module: str = "app.cli"
    ) -> Child:
        """`argv` without the program's name. Both streams are appended to `out` where `err` is left away."""
        born = self.ask(argv=list(argv), env=dict(env), out=str(out), err=str(err or out), module=module)
        return Child(self, int(born))

    def _begin(self) -> socket.socket:
        mine, theirs = socket.socketpair()
        with theirs:
            # What a child says goes into files.
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(theirs.fileno())], pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, preexec_fn=die_with_the_parent,
            )  # fmt: skip
        self._line, self._answers = mine, mine.makefile("rb")
        atexit.register(self.close)
        return mine

    def close(self) -> None:
        assert self._line is not None
        assert self._process is not None
        self._answers.close()
        self._line.close()
        self._process.wait()


NURSERY = Nursery()


def _born(argv: Sequence[str], env: Mapping[str, str], out: str, err: str, module: str) -> None:
    """In the child."""
    os.setsid()
    die_with_the_parent()
    may_be_watched()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for path, stream in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), stream)
    os.closerange(3, 64)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["lykta", *argv]
    importlib.import_module(module).main()


def _forked(told: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _born(**told)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _serve(line: socket.socket) -> None:
    gc.disable()  # as `app.start` has it
    import app.cli
    import app.main
    import app.serve  # noqa: F401

    gc.freeze()
    gc.enable()
    ended: dict[int, int] = {}
    with line.makefile("rb") as asked:
        while words := asked.readline(LINE_MAX):
            told = json.loads(words)
            with suppress(ChildProcessError):
                while (gone := os.waitpid(-1, os.WNOHANG))[0]:
                    ended[gone[0]] = os.waitstatus_to_exitcode(gone[1])
            answer = ended.get(told["poll"]) if "poll" in told else _forked(told)
            line.sendall(json.dumps({"told": answer}).encode() + b"\n")


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))

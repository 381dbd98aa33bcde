"""A real `lykta serve` process on a port of its own, to be started, stopped, killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.e2e.nursery import NURSERY, Child, die_with_the_parent
from tests.support.places import new_folder

READY_S = 40
STOP_S = 10
HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def lykta() -> str:
    found = shutil.which("lykta", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert found is not None, "The command lykta is not installed: run make setup."
    return found


def _is_traced(task: Path) -> bool:
    return "TracerPid:\t0\n" not in (task / "status").read_text("utf-8")


class Server:
    """`data_dir` also takes the process's own words (server.log). `watch`: a strace that looks on once it is ready."""

    def __init__(self, data_dir: Path, database_url: str, web_dir: Path) -> None:
        self.port = free_port()
        self.data_dir = data_dir
        self.watch: tuple[str, ...] = ()
        self.starts = 0
        #: Whose `main` is run, and words before `serve`; a test may put others in their place before a start.
        self.module = "app.cli"
        self.words: tuple[str, ...] = ()
        #: What is started with `serve` in an interpreter of its own.
        self.program: list[str] | None = None
        self._process: subprocess.Popen[bytes] | Child | None = None
        self._watcher: subprocess.Popen[bytes] | None = None
        self._env = {
            **os.environ, "LYKTA_DATA_DIR": str(data_dir), "LYKTA_DATABASE_URL": database_url,
            "LYKTA_WEB_DIR": str(web_dir), "LYKTA_PASSWORD_COST": "cheapest",
            # The evenings that are acted out lie hours back: by the server's own clock every promise would be broken.
            "LYKTA_CHECKIN_GRACE_MIN": "1440",
        }  # fmt: skip

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        self.starts += 1
        words = [*self.words, "serve", "--host", HOST, "--port", str(self.port)]
        if self.program:
            self._process = self._run([*self.program, *words])
        else:
            self._process = NURSERY.start(words, self._env, self.log, module=self.module)
        self._wait()
        if self.watch:
            self._let_watch(self._process.pid)

    def _run(self, words: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                words, env=self._env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=die_with_the_parent,
            )  # fmt: skip

    def _let_watch(self, pid: int) -> None:
        """Of a process that is up: under its eyes from the beginning, the imports alone would take half a minute."""
        self._watcher = self._run([*self.watch, "-p", str(pid)])
        deadline = time.monotonic() + READY_S
        while not all(_is_traced(task) for task in Path(f"/proc/{pid}/task").iterdir()):
            assert self._watcher.poll() is None, f"Nobody watches:\n{self.log.read_text()[-2000:]}"
            assert time.monotonic() < deadline, "Nobody watches."
            time.sleep(0.02)

    def kill(self) -> None:
        """As when the machine's power goes: no handler runs."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        if self._process is not None and self.is_running and not self._watcher:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_S)
        self.kill()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another process with the same settings: `command("journal", "verify")`."""
        folder = new_folder()
        out, err = folder / "out", folder / "err"
        code = NURSERY.start(words, self._env, out, err).wait()
        said = subprocess.CompletedProcess([*words], code, out.read_text("utf-8"), err.read_text("utf-8"))
        shutil.rmtree(folder)
        return said

    def _signal(self, number: signal.Signals) -> None:
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait(STOP_S)
        if self._watcher is not None:  # it ends with what it watches
            self._watcher.wait(STOP_S)
            self._watcher = None

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            assert self._process.poll() is None, f"The server did not start:\n{self.log.read_text()[-2000:]}"
            if self._answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"The server was not ready after {READY_S} s:\n{self.log.read_text()[-2000:]}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

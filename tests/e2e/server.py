"""A real `lykta serve` process on a port of its own, to be started, stopped, killed and started again."""

import ctypes
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

PR_SET_PDEATHSIG = 1
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


def _die_with_the_test() -> None:
    """In the child: a test run that is itself killed leaves no server behind. Linux only; elsewhere it would stay."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Server:
    """`data_dir` also takes the process's own words (server.log). `wrap`: a command that starts and watches it."""

    def __init__(self, data_dir: Path, database_url: str, web_dir: Path) -> None:
        self.port = free_port()
        self.data_dir = data_dir
        self.wrap: tuple[str, ...] = ()
        self.starts = 0
        #: What is started with `serve`; a test may put another in its place before a start.
        self.program = [lykta()]
        self._process: subprocess.Popen[bytes] | None = None
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
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.wrap, *self.program, "serve", "--host", HOST, "--port", str(self.port)],
                env=self._env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_die_with_the_test,
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """As when the machine's power goes: no handler runs."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        # What watches the process would take the signal for itself and leave the server running.
        if self._process is not None and self.is_running and not self.wrap:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_S)
        self.kill()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another process with the same settings: `command("journal", "verify")`."""
        return subprocess.run([lykta(), *words], env=self._env, capture_output=True, text=True, check=False)

    def _signal(self, number: signal.Signals) -> None:
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait(STOP_S)

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

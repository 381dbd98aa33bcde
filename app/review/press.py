"""Run as a process of its own: a document as JSON on the way in, a tagged PDF by the named form on the way out.

By itself, so that it can be stopped, and so that neither its memory nor a fault of its takes the server along.
"""

import resource
import sys
from pathlib import Path

import typst

MEMORY_BYTES = 2 * 1024**3
CPU_S = 20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    document = sys.stdin.buffer.read().decode()
    made = typst.compile(
        Path(sys.argv[1]).read_bytes(), format="pdf", pdf_standards="ua-1",
        ignore_system_fonts=True, sys_inputs={"document": document},
    )  # fmt: skip
    assert isinstance(made, bytes)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()

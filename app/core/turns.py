"""Taking turns in this process: what has the same key goes one after the other."""

import threading


class Turns:
    def __init__(self) -> None:
        self._locks = tuple(threading.Lock() for _ in range(64))

    def of(self, key: str) -> threading.Lock:
        """The same lock for the same key; other keys may share it."""
        return self._locks[hash(key) % len(self._locks)]

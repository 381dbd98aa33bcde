"""Blobs in an object store that speaks S3. What is still coming is staged in the local directory, as it is without one.

An object is trusted only when it was read back and is what its name says: a store that shortens or swaps what it is
given is found out before anybody is told that the blob is complete, and again whenever it is read.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.blob.store import ORIGINAL, Away, Damaged, LocalStore, Part

ANSWER_S, CONNECT_S = 30, 5
#: A phone waits 45 s for its answer: better a word in time than a third try.
RETRIES, RETRIED_S = 2, 12
DOORS, DOOR_S = 8, 2
_doors = threading.BoundedSemaphore(DOORS)


class ObjectStore:
    """`<aa>/<sha256>/original` in the bucket. Images for reading are made from it, and kept beside the staged parts."""

    def __init__(self, staging: LocalStore, bucket: S3Store) -> None:
        self.staging = staging
        self._bucket = bucket
        self.write, self.copy, self.content, self.sweep = staging.write, staging.copy, staging.content, staging.sweep
        self.read_image, self.keep_image = staging.read_image, staging.keep_image

    def finish(self, part: Part) -> None:
        """The staged part stays until it is swept: a server that dies here puts the object once more."""
        self.put(part.sha256, self.staging.content(part))

    def put(self, sha256: str, content: bytes) -> None:
        with _answering():
            obstore.put(self._bucket, _key(sha256), content, use_multipart=False)
        if self.read(sha256) is None:
            raise Damaged(sha256)

    def unrecorded(self, _sha256: str) -> bytes | None:
        """Nothing to look for: the last chunk is staged still, and whoever sends it again completes the blob."""
        return None

    def read(self, sha256: str) -> bytes | None:
        try:
            with _answering():
                content = bytes(obstore.get(self._bucket, _key(sha256)).bytes())
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(sha256)
        return content

    def drop(self, sha256: str) -> None:
        with suppress(FileNotFoundError), _answering():
            obstore.delete(self._bucket, _key(sha256))
        self.staging.drop(sha256)


@lru_cache(maxsize=4)
def open_bucket(url: str) -> S3Store:
    """`s3://bucket/prefix`; endpoint, region and keys from the usual AWS_… variables."""
    return S3Store.from_url(
        url,
        client_options={"timeout": timedelta(seconds=ANSWER_S), "connect_timeout": timedelta(seconds=CONNECT_S),
                        "allow_http": True},
        retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRIED_S)},
    )  # fmt: skip


def open_objects(url: str, root: Path) -> ObjectStore:
    return ObjectStore(LocalStore(root), open_bucket(url))


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}/{ORIGINAL}"


@contextmanager
def _answering() -> Iterator[None]:
    """A store that hangs holds up no more than a few of the server's threads: pushes need the others."""
    if not _doors.acquire(timeout=DOOR_S):
        raise Away("crowded")
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        raise Away(type(error).__name__) from error
    finally:
        _doors.release()

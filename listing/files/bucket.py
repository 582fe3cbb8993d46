"""Content in a bucket that several machines share, spoken to as S3: what FILES_URL ``s3://bucket/prefix`` means.

Decides how content is named there so that taking away and bringing again never meet. An object store has no renaming:
between reading an object's age and deleting it somebody may bring the same content. So each content has one object a
day it was brought, ``ab/cdef…/2026-11-26``; who clears away only touches days long past, who brings writes today's.
Address and credentials of the store come from the environment, by the names its own tools use (docs/deployment.md).
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import file_digest
from typing import BinaryIO

from listing.clock import Clock
from listing.later import obstore, obstore_exceptions, obstore_store

_PIECE = 5 * 1024 * 1024  # the least an object store takes as a part of a larger object
_PATIENCE = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}


@contextmanager
def _answering():
    """Speak of a store that does not answer as of a disk that does not."""
    try:
        yield
    except obstore_exceptions.BaseError as error:
        raise OSError(f"the store of files: {str(error).splitlines()[0]}") from error


class _Content(io.RawIOBase):
    """An object read piece by piece, as any open file is."""

    def __init__(self, reader):
        self._reader = reader

    def readable(self) -> bool:
        return True

    def readinto(self, into) -> int:
        with _answering():
            piece = self._reader.read(len(into))
        into[: len(piece)] = memoryview(piece)
        return len(piece)


class Bucket:
    """Content under ``ab/cdef…/<day>`` in the bucket; an object is there as a whole or not at all."""

    def __init__(self, url: str, clock: Clock):
        self._store = obstore_store.from_url(url, retry_config=_PATIENCE)
        self._clock = clock

    def put(self, stream: BinaryIO) -> tuple[str, int]:
        """Keep the whole stream and return (SHA-256 in hex, size in bytes). Raises OSError, leaving nothing behind."""
        stream.seek(0)
        digest = file_digest(stream, "sha256").hexdigest()
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        with _answering():
            name = f"{_folder(digest)}/{self._clock.now().date()}"
            obstore.put(self._store, name, stream, chunk_size=_PIECE, max_concurrency=2)
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """The content, to be closed by the caller. Raises FileNotFoundError."""
        with _answering():
            days = self._days(digest)
            if not days:
                raise FileNotFoundError(digest)
            reader = obstore.open_reader(self._store, f"{_folder(digest)}/{days[-1]}", buffer_size=_PIECE)
        return io.BufferedReader(_Content(reader), 64 * 1024)

    def digests(self) -> Iterator[str]:
        """Everything that is here."""
        with _answering():
            names = {one["path"].rpartition("/")[0] for page in obstore.list(self._store) for one in page}
        return (name.replace("/", "") for name in sorted(names))

    def drop(self, digest: str, *, untouched_since: datetime) -> bool:
        """Remove content that nobody put on or after the day before then; returns whether it is gone."""
        last = untouched_since.date() - timedelta(days=1)  # whose clock goes after ours is given a day
        with _answering():
            days = self._days(digest)
            old = [day for day in days if day < last]
            obstore.delete(self._store, [f"{_folder(digest)}/{day}" for day in old])
        return old == days

    def _days(self, digest: str) -> list[date]:
        pages = obstore.list(self._store, prefix=_folder(digest))
        return sorted(date.fromisoformat(one["path"].rpartition("/")[2]) for page in pages for one in page)


def _folder(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:]}"

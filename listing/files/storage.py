"""Where content lies: a folder outside the web root or a bucket, each content named by the SHA-256 of its bytes.

Decides that what is put is durable before the caller commits, and that content is never half there. It knows no names,
owners or rights. FILES_URL chooses the place (``file:///…`` or ``s3://…``, see bucket.py); the same content is kept
once, whoever brings it.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from flask import current_app

from listing.clock import SystemClock

from .bucket import Bucket

_CHUNK = 64 * 1024


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class UnknownPlace(RuntimeError):
    """FILES_URL names no place this machine can keep files in."""


class Folder:
    """Content in ``root``/ab/cdef…; half-written files stay under ``root``/incoming until they are whole."""

    def __init__(self, root: Path):
        self.root, self.incoming = root, root / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, stream: BinaryIO) -> tuple[str, int]:
        """Keep the whole stream and return (SHA-256 in hex, size in bytes). Raises OSError, leaving nothing behind."""
        half = self.incoming / secrets.token_hex(16)
        try:
            digest, size = self._write(stream, half)
            self._settle(half, digest)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """The content, to be closed by the caller. Raises FileNotFoundError."""
        return self._path(digest).open("rb")

    def digests(self) -> Iterator[str]:
        """Everything that is here."""
        return (path.parent.name + path.name for path in self.root.glob("[0-9a-f][0-9a-f]/*"))

    def drop(self, digest: str, *, untouched_since: datetime) -> bool:
        """Remove content that nobody put since then; returns whether it is gone.

        It is moved aside before its age is read, so that a ``put`` of the same content at this instant either renews
        the age, which is seen here, or finds nothing and brings its own copy.
        """
        aside = self.incoming / secrets.token_hex(16)
        with suppress(FileNotFoundError):
            self._path(digest).rename(aside)
            if datetime.fromtimestamp(aside.stat().st_mtime, UTC) < untouched_since:
                aside.unlink()
                return True
            aside.rename(self._path(digest))
        return False

    def _path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:]

    def _write(self, stream: BinaryIO, half: Path) -> tuple[str, int]:
        found, size = sha256(), 0
        stream.seek(0)
        with open(half, "xb", opener=_private) as target:
            while chunk := stream.read(_CHUNK):
                target.write(chunk)
                found.update(chunk)
                size += len(chunk)
            target.flush()
            os.fsync(target.fileno())
        return found.hexdigest(), size

    def _settle(self, half: Path, digest: str) -> None:
        """Give the file its name and make the name as durable as the content; known content only gets younger."""
        final = self._path(digest)
        try:
            os.utime(final)
            half.unlink()
            return
        except FileNotFoundError:
            final.parent.mkdir(mode=0o700, exist_ok=True)
        half.replace(final)
        for folder in (final.parent, self.root):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def place() -> Folder | Bucket:
    """The place FILES_URL names. Raises UnknownPlace."""
    address = current_app.config["FILES_URL"]
    url = urlsplit(address)
    if url.scheme == "s3" and url.netloc:
        return Bucket(address, SystemClock())
    if url.scheme == "file" and url.path.startswith("/"):
        return Folder(Path(unquote(url.path)))
    raise UnknownPlace(f"FILES_URL must be file:///folder or s3://bucket, not {url.scheme}:")


def state(place: Folder | Bucket, digest: str) -> str:
    """Whether a content is ok, missing or changed, by reading it all."""
    try:
        with place.open(digest) as content:
            return "ok" if file_digest(content, "sha256").hexdigest() == digest else "changed"
    except FileNotFoundError:
        return "missing"

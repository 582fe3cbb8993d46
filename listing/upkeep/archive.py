"""The form of a backup: a tar file of tables, contents and, last, a manifest of all that must be in it.

``tables/<name>.jsonl.gz`` holds a table, ``files/<sha256>`` a content, ``manifest.json`` what there is; an archive that
was cut off has no manifest and is none. Decides the form; reads and writes no database.
"""

import gzip
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
_SPOOLED = 4 * 1024 * 1024


class NotABackup(ValueError):
    """A file is no whole backup, or one in which something was changed."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table must hold: its columns in order, the number of rows, the digest of its lines, the last number given.

    ``last`` is that of the sequence behind its key, 0 without one.
    """

    columns: list[str]
    rows: int
    sha256: str
    last: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. ``checkpoint`` is the signed state of the log; ``missing`` what was already lost."""

    made_at: str
    head: str
    checkpoint: str
    tables: dict[str, Content]
    left_out: list[str]
    files: list[str]
    missing: list[str]
    format: int = FORMAT


class Writer:
    """An archive being written."""

    def __init__(self, tar: tarfile.TarFile, mtime: int):
        self._tar, self._mtime = tar, mtime

    def table(self, name: str, lines: Iterable[str]) -> tuple[int, str]:
        """Add a table and return (rows, digest of its lines)."""
        rows, found = 0, sha256()
        with tempfile.SpooledTemporaryFile(_SPOOLED) as packed:
            with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0, filename="") as target:
                for rows, text in enumerate(lines, start=1):  # noqa: B007 (the count is what is returned)
                    found.update(text.encode())
                    target.write(text.encode())
            self._add(f"tables/{name}.jsonl.gz", packed)
        return rows, found.hexdigest()

    def file(self, digest: str, content: BinaryIO) -> None:
        """Add a content."""
        self._add(f"files/{digest}", content)

    def manifest(self, manifest: Manifest) -> None:
        """Add the manifest, which makes the archive whole."""
        self._add(MANIFEST, io.BytesIO(json.dumps(asdict(manifest), indent=1).encode()))

    def _add(self, name: str, content: BinaryIO) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = content.seek(0, os.SEEK_END), 0o600, self._mtime
        content.seek(0)
        self._tar.addfile(entry, content)


class Reader:
    """An archive being read. Nothing is unpacked to a path it names."""

    def __init__(self, tar: tarfile.TarFile):
        self._tar = tar
        self._members = {member.name: member for member in tar.getmembers() if member.isfile()}

    def manifest(self) -> Manifest:
        """What the archive must hold. Raises NotABackup."""
        if MANIFEST not in self._members:
            raise NotABackup("it has no manifest: it was cut off, or is something else")
        try:
            data = json.load(self._open(MANIFEST))
            tables = {name: Content(**content) for name, content in data.pop("tables").items()}
            found = Manifest(tables=tables, **data)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise NotABackup("its manifest cannot be read") from error
        if found.format != FORMAT:
            raise NotABackup(f"it has form {found.format}, this version reads {FORMAT}")
        return found

    def check(self, manifest: Manifest) -> None:
        """Read every table once, so that nothing is believed of an archive that was changed. Raises NotABackup."""
        for name, content in manifest.tables.items():
            deque(self.lines(name, content), maxlen=0)

    def lines(self, name: str, content: Content) -> Iterator[str]:
        """The lines of a table; after the last, raises NotABackup unless they are all that were written."""
        rows, found = 0, sha256()
        try:
            with gzip.GzipFile(fileobj=self._open(f"tables/{name}.jsonl.gz")) as packed:
                for rows, text in enumerate(packed, start=1):  # noqa: B007 (the count is compared below)
                    found.update(text)
                    yield text.decode()
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise NotABackup(f"the table {name} cannot be read") from error
        if (rows, found.hexdigest()) != (content.rows, content.sha256):
            raise NotABackup(f"the table {name} was changed")

    def file(self, digest: str) -> BinaryIO:
        """A content. Raises NotABackup when it is not there."""
        return self._open(f"files/{digest}")

    def _open(self, name: str) -> BinaryIO:
        if name not in self._members:
            raise NotABackup(f"{name} is missing")
        return self._tar.extractfile(self._members[name])


@contextmanager
def writing(path: Path, mtime: int) -> Iterator[Writer]:
    """Write an archive that appears under its name only when it is whole and durable. Raises FileExistsError."""
    if path.exists():
        raise FileExistsError(path)
    half = path.with_name(f".{path.name}.half")
    try:
        with open(half, "xb", opener=_private) as target:
            with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, mtime)
            target.flush()
            os.fsync(target.fileno())
        half.rename(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Read an archive. Raises NotABackup."""
    with ExitStack() as held:
        try:
            found = Reader(held.enter_context(tarfile.open(path, mode="r:")))
        except tarfile.TarError as error:
            raise NotABackup("it is no whole tar file") from error
        yield found


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

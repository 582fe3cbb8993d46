"""The copy of what is held about a person: one ZIP file with a JSON file for each group of tables, and a word on each.

Written to disk first, so that neither a long log fills the memory nor a slow reader holds the database.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import BinaryIO

from listing.store.db import db

from .held import Group, Held, groups

_PIECE = 500  # rows read at once


def write(account_id: int, *, said: Callable[[str], str], head: str, now: datetime) -> BinaryIO:
    """Write the copy and return it, to be read from its beginning; ``said`` puts a message into the reader's words."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            about = {f"{name}.json": said(group.about) for name, group in groups().items()}
            archive.writestr("README.txt", _readme(head, about))
            for name, group in groups().items():
                _group(archive, name, group, account_id, now)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _readme(head: str, about: Mapping[str, str]) -> str:
    return "\r\n".join((head, "", *(f"{name}  {words}" for name, words in about.items()), ""))


def _group(archive: zipfile.ZipFile, name: str, group: Group, account_id: int, now: datetime) -> None:
    with archive.open(f"{name}.json", "w") as file:
        file.write(f'{{"written_at": "{now.isoformat()}"'.encode())
        for held in group.tables:
            _table(file, held, account_id)
        file.write(b"\n}\n")


def _table(file, held: Held, account_id: int) -> None:
    file.write(f',\n"{held.name}": ['.encode())
    before = ""
    rows = db.session.execute(held.rows(account_id).execution_options(yield_per=_PIECE)).mappings()
    for row in rows:
        text = json.dumps(dict(row), ensure_ascii=False, default=_written)
        file.write(f"{before}\n{text}".encode())
        before = ","
    file.write(b"]")


def _written(value: object) -> str:
    """Instants and days as ISO 8601, bytes as hexadecimal, whatever else as text."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

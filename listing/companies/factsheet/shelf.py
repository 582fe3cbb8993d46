"""Sheets that were set before, kept by the digest of what they were made of; a folder that stays small.

A sheet that is not there is set anew, so the folder may be emptied at any time, need be in no backup, and need not be
writable at all.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MOST = 400  # sheets; about 40 MB


def kept(folder: str, key: str, make: Callable[[], bytes]) -> bytes:
    """The sheet of a key, or a new one, which is kept if that is possible."""
    path = Path(folder) / f"{key}.pdf"
    with suppress(OSError):
        found = path.read_bytes()
        os.utime(path)
        return found
    made = make()
    with suppress(OSError):
        _keep(path, made)
    return made


def _keep(path: Path, made: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{secrets.token_hex(8)}.half")
    half.write_bytes(made)
    half.replace(path)  # whole or not at all, also for whoever reads at this instant
    sheets = sorted(path.parent.glob("*.pdf"), key=lambda sheet: sheet.stat().st_mtime)
    for oldest in sheets[:-MOST]:
        oldest.unlink(missing_ok=True)

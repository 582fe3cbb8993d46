"""The place of a release in the log, and the receipt with which anyone proves it without us.

Decides what a receipt holds: the entry, its opening, the inclusion proof and the signed checkpoint it leads to. Whether
it holds is for scripts/verify_log.py, which shares no code with us.
"""

from base64 import b64encode
from collections.abc import Collection

from flask import current_app

from listing.journal import queries as journal
from listing.journal.checkpoint import Signer
from listing.store.db import db

from .models import Release

KIND = "announcement"  # what the log calls the subject of these entries
CODES = ("announcement.released", "announcement.corrected")
PRINTED = "announcement.printed"


def entry(row: Release, codes: Collection[str] = CODES) -> journal.Entry | None:
    """The entry of the log that a release made, or that with the digest of its sheet (PRINTED); or none."""
    return db.session.scalars(journal.about(KIND, row.number, codes=codes).limit(1)).one_or_none()


def receipt(row: Release) -> dict[str, object] | None:
    """Everything needed to check that a release was logged as it stands; None where the log lacks it.

    ``pdf`` proves the digest of the sheet, and is null until that was set.
    """
    logged, printed = entry(row), entry(row, (PRINTED,))
    if logged is None:
        return None
    tip = journal.tip()
    signer = Signer.of(current_app.config)
    return {
        "number": row.number,
        **_proven(logged, tip),
        "pdf": _proven(printed, tip) if printed else None,
        "checkpoint": signer.sign(size=tip.size, root=tip.root),
        "key": str(signer.verifier()),
    }


def _proven(logged: journal.Entry, tip: journal.Tip) -> dict[str, object]:
    """An entry, what it committed to, and its path to the root of the log."""
    proof = journal.inclusion(logged.index, tip.size)
    return {
        "entry": journal.published(logged),
        "opening": journal.opening(logged),
        "proof": {
            "index": logged.index,
            "size": tip.size,
            "leaf_hash": b64encode(proof.leaf).decode(),
            "root": b64encode(proof.root).decode(),
            "path": [b64encode(step).decode() for step in proof.path],
        },
    }

"""The place of a release in the log, and the receipt with which anyone proves it without us.

Decides what a receipt holds: the entry, its opening, the inclusion proof and the signed checkpoint it leads to. Whether
it holds is for scripts/verify_log.py, which shares no code with us.
"""

from base64 import b64encode

from flask import current_app

from listing.journal import queries as journal
from listing.journal.checkpoint import Signer
from listing.store.db import db

from .models import Release

CODES = ("announcement.released", "announcement.corrected")


def entry(row: Release):
    """The entry of the log that a release made, or none."""
    return db.session.scalars(journal.about("announcement", row.number, codes=CODES).limit(1)).one_or_none()


def receipt(row: Release) -> dict[str, object] | None:
    """Everything needed to check that a release was logged as it stands; None where the log lacks it."""
    logged = entry(row)
    if logged is None:
        return None
    tip = journal.tip()
    proof = journal.inclusion(logged.index, tip.size)
    signer = Signer.of(current_app.config)
    return {
        "number": row.number,
        "entry": journal.published(logged),
        "opening": journal.opening(logged),
        "proof": {
            "index": logged.index,
            "size": tip.size,
            "leaf_hash": b64encode(proof.leaf).decode(),
            "root": b64encode(proof.root).decode(),
            "path": [b64encode(step).decode() for step in proof.path],
        },
        "checkpoint": signer.sign(size=tip.size, root=tip.root),
        "key": str(signer.verifier()),
    }

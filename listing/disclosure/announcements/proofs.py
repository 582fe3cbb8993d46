"""The place of a release in the log, and the receipt with which anyone proves it without us.

Decides what a receipt holds: the entry, its opening, the inclusion proof and the signed checkpoint it leads to. Whether
it holds is for scripts/verify_log.py, which shares no code with us.
"""

from collections.abc import Collection

from listing.journal import queries as journal
from listing.journal import receipts
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
    return {
        "number": row.number,
        **receipts.proven(logged, tip),
        "pdf": receipts.proven(printed, tip) if printed else None,
        **receipts.signed(tip),
    }

"""Setting each release on paper once, soon after it, and writing the digest of the sheet into the log."""

import io
from collections.abc import Callable
from datetime import datetime

from listing.disclosure.announcements import papers, proofs
from listing.disclosure.announcements.derived_models import Paper
from listing.disclosure.announcements.models import Print, Release
from listing.files import operations as files
from listing.journal import operations as journal
from listing.store.db import db
from listing.store.inserting import insert

from .releasing import RELEASER

BATCH = 50


def print_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Set what was released since the last sheet; commits one by one and returns how many there were.

    On a machine without the fonts nothing is set, and the next one with them does it.
    """
    done = 0
    for row in papers.unset(most=BATCH):
        if stopping() or not (content := papers.set_anew(row)):
            break
        done += _keep(row, content, now)
    return done


def _keep(row: Release, content: bytes, now: datetime) -> bool:
    """Keep a sheet with its digest in the log, unless another process was first."""
    entry = proofs.entry(row)
    file = files.put(
        content=io.BytesIO(content),
        name=f"{row.number}.pdf",
        media_type="application/pdf",
        organisation_id=row.organisation_id,
        visibility=row.visibility,
        actor=RELEASER,
        now=now,
    )
    paper = insert(Paper).values(release_id=row.id, file_id=file.id).on_conflict_do_nothing()
    if db.session.scalar(paper.returning(Paper.release_id)) is None:
        db.session.rollback()
        return False
    db.session.add(Print(digest=file.sha256, release_id=row.id, what="pdf"))
    data = {"pdf": file.sha256} | ({"released": entry.index} if entry else {})
    subject = (proofs.KIND, row.number, row.organisation_id)
    journal.append(code=proofs.PRINTED, data=data, actor=RELEASER, subject=subject, now=now)
    db.session.commit()
    return True

"""The announcement on paper: set once, kept as it was set, and found again by its digest.

A sheet names its entry of the log, so that entry cannot hold the digest of the sheet: an entry of its own does, soon
after the release. From then on these bytes are the ones that are handed out, whatever becomes of a company's name, of
the fonts or of the program that set them.
"""

from flask import current_app
from sqlalchemy import func, select

from listing.companies.factsheet import printed as sheets
from listing.files import queries as stored
from listing.store.db import db

from . import parties, proofs, queries, sheet
from .derived_models import Paper
from .models import Release


def kept(row: Release) -> stored.StoredFile | None:
    """The file with the sheet of a release; none until it was set."""
    paper = db.session.get(Paper, row.id)
    return stored.get(paper.file_id) if paper else None


def unset(*, most: int) -> list[Release]:
    """The releases whose sheet was not set yet, oldest first; ids rise with the instant, so none before the last is."""
    last = select(func.coalesce(func.max(Paper.release_id), 0)).scalar_subquery()
    asked = select(Release).where(Release.id > last)
    return list(db.session.scalars(asked.order_by(Release.id).limit(most)))


def set_anew(row: Release) -> bytes | None:
    """The sheet of a release, set now; none on a machine without the fonts."""
    corrects, entry = queries.release_by_id(row.corrects_id), proofs.entry(row)
    url = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/en/announcements/{row.number}"
    data = sheet.content(
        row,
        parties.in_order(parties.behind([row.id])[row.id]),
        entry=entry.index if entry else None,
        corrects=corrects.number if corrects else None,
        url=url,
        qr=sheets.code(url),
    )
    return sheets.pdf(data, sheet.TEMPLATE)

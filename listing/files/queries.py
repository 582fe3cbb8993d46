"""Finding what was uploaded. Who may see a row is asked of rules.may_read by the room that shows it."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from listing.store.db import db

from .models import StoredFile


def get(file_id: int) -> StoredFile | None:
    """The file of that number, if there is one."""
    return db.session.get(StoredFile, file_id)


def several(ids: Collection[int]) -> dict[int, StoredFile]:
    """The files of these numbers, by number."""
    found = select(StoredFile).where(StoredFile.id.in_(ids))
    return {file.id: file for file in db.session.scalars(found)} if ids else {}


def of_organisation(organisation_id: int) -> Sequence[StoredFile]:
    """What an organisation has uploaded, newest first."""
    newest = select(StoredFile).where(StoredFile.organisation_id == organisation_id)
    return db.session.scalars(newest.order_by(StoredFile.created_at.desc(), StoredFile.id.desc())).all()


def used(organisation_id: int) -> int:
    """The bytes an organisation's files take, each counted as if it were kept once a row."""
    total = select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.organisation_id == organisation_id)
    return int(db.session.scalar(total))


def digests() -> Sequence[str]:
    """Every content some row names, once, in order."""
    return db.session.scalars(select(StoredFile.sha256).distinct().order_by(StoredFile.sha256)).all()

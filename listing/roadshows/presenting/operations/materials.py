"""Files that a company brings for its session: sent, replaced by another version, withdrawn.

What a file may be is decided in listing/files. A version that was replaced or withdrawn stays with the organizer and
the company, and nobody else can have it any more.
"""

from datetime import datetime, time

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor, System
from listing.companies import queries as companies
from listing.files import operations as files
from listing.files import queries as stored
from listing.roadshows import agenda
from listing.roadshows import rules as shows
from listing.roadshows.models import Session
from listing.roadshows.operations.planning import check_editable, noted
from listing.roadshows.presenting import queries, rules
from listing.roadshows.presenting.models import Material, Presentation
from listing.store.db import db


def bring(
    *,
    row: Presentation,
    file: FileStorage,
    language: str,
    visibility: str,
    replaces_id: int | None,
    actor: Actor | System,
    now: datetime,
) -> Material:
    """Keep a file of a company that has agreed, until the roadshow is archived.

    Raises NotNow, TooManyMaterials, files.rules.Unfit.
    """
    session, show = row.session, row.session.day.roadshow
    check_editable(show, session)
    db.session.refresh(row)
    standing = queries.current([session]).get(session.id, [])
    old = next((each for each in standing if each.id == replaces_id), None)
    if row.state != rules.CONFIRMED or (replaces_id and old is None):
        raise shows.NotNow
    if old is None and len(standing) >= rules.MOST_MATERIALS:
        raise rules.TooManyMaterials(most=rules.MOST_MATERIALS)
    owner = companies.by_id(row.company_id).organisation_id
    kept = files.keep(stream=file.stream, name=file.filename or "", organisation_id=owner, actor=actor, now=now)
    material = Material(
        session_id=session.id,
        company_id=row.company_id,
        file_id=kept.id,
        language=language,
        visibility=visibility,
        late=is_late(session, now),
        sent_at=now,
        sent_by=actor.user_id,
        replaces_id=replaces_id,
    )
    db.session.add(material)
    db.session.flush()
    if old:
        old.ended_at = now
    _log("brought", material, actor, now, sha256=kept.sha256, visibility=visibility)
    return material


def is_late(session: Session, now: datetime) -> bool:
    """Whether a file that comes now comes after the last day for it, on the clocks of the event."""
    day, zone = session.day, session.day.roadshow.zone
    return now > agenda.instant(rules.materials_due(day.date), time(23, 59), zone)


def withdraw(*, material: Material, actor: Actor, now: datetime) -> Material:
    """Take a file back. Raises NotNow."""
    check_editable(material.session.day.roadshow, material.session)
    db.session.refresh(material)
    if material.ended_at:
        raise shows.NotNow
    material.ended_at = now
    _log("withdrawn", material, actor, now)
    return material


def forget(session: Session) -> None:
    """Let go of the files of a session that is taken out."""
    rows = queries.materials([session]).get(session.id, [])
    for row in sorted(rows, key=lambda row: -row.id):  # a later version names the one before
        db.session.delete(row)
        db.session.flush()
        files.forget(file=stored.get(row.file_id))


def _log(event: str, row: Material, actor: Actor | System, now: datetime, **data) -> None:
    known = {"material": row.id, "session": row.session_id, "company": row.company_id}
    noted(f"material_{event}", row.session.day.roadshow, actor, now, **known, **data)

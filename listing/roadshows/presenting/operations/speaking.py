"""Who speaks in a session: named by the organizer, or by the company that has agreed to present."""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.bilingual.pair import Pair
from listing.roadshows import agenda, queries
from listing.roadshows import rules as shows
from listing.roadshows.models import Session, Speaker
from listing.roadshows.operations.planning import changed, check_editable, noted
from listing.roadshows.presenting import rules
from listing.store.db import db


def name(
    *,
    session: Session,
    name: Pair,
    role: Pair,
    language: str,
    company_id: int | None = None,
    actor: Actor | System,
    now: datetime,
) -> Speaker:
    """Add somebody who speaks; ``company_id`` is the company that names them, where it is not the organizer.

    Raises NotNow, TooManySpeakers, HalfARole, SpeakerTaken where they speak elsewhere.
    """
    day, show = session.day, session.day.roadshow
    before = check_editable(show, session)
    _presents(session, company_id)
    if len(session.speakers) >= rules.MOST_SPEAKERS:
        raise rules.TooManySpeakers(most=rules.MOST_SPEAKERS)
    if len(role.missing) == 1:
        raise rules.HalfARole
    agenda.check_people(agenda.slot(session, None)._replace(speakers=(name,)), queries.slots(day), show.zone)
    speaker = Speaker(session=session, name=name, role=role, language=language, company_id=company_id)
    db.session.add(speaker)
    db.session.flush()
    changed(show, before, now)
    noted("speaker_named", show, actor, now, session=session.id, speaker=speaker.id)
    return speaker


def leave_out(*, speaker: Speaker, company_id: int | None = None, actor: Actor, now: datetime) -> Session:
    """Take somebody out who was to speak; ``company_id`` as for ``name``. Raises NotNow."""
    session, show, number = speaker.session, speaker.session.day.roadshow, speaker.id
    before = check_editable(show, session)
    _presents(session, company_id)
    if speaker not in session.speakers:  # somebody else took them out meanwhile
        raise shows.NotNow
    session.speakers.remove(speaker)
    db.session.flush()
    changed(show, before, now)
    noted("speaker_left_out", show, actor, now, session=session.id, speaker=number)
    return session


def leave_with(session: Session, company_id: int) -> None:
    """Take out whom a company named that presents no more. Whoever calls holds the roadshow and keeps what changed."""
    for speaker in [each for each in session.speakers if each.company_id == company_id]:
        session.speakers.remove(speaker)


def _presents(session: Session, company_id: int | None) -> None:
    """Look that a company which names people still presents in a session that is held. Raises NotNow."""
    if company_id and session.company_id != company_id:
        raise shows.NotNow

"""Who speaks in a session: named by the organizer, or by the company that has agreed to present."""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.bilingual.pair import Pair
from listing.roadshows import agenda, queries
from listing.roadshows.models import Session, Speaker
from listing.roadshows.operations.planning import changed, check_editable, noted
from listing.roadshows.presenting import rules
from listing.store.db import db


def name(*, session: Session, name: Pair, role: Pair, language: str, actor: Actor | System, now: datetime) -> Speaker:
    """Add somebody who speaks. Raises NotNow, TooManySpeakers, HalfARole, SpeakerTaken where they speak elsewhere."""
    day, show = session.day, session.day.roadshow
    before = check_editable(show, session)
    if len(session.speakers) >= rules.MOST_SPEAKERS:
        raise rules.TooManySpeakers(most=rules.MOST_SPEAKERS)
    if len(role.missing) == 1:
        raise rules.HalfARole
    agenda.check_people(agenda.slot(session, None)._replace(speakers=(name,)), queries.slots(day), show.zone)
    speaker = Speaker(session=session, name=name, role=role, language=language)
    db.session.add(speaker)
    db.session.flush()
    changed(show, before, now)
    noted("speaker_named", show, actor, now, session=session.id, speaker=speaker.id)
    return speaker


def leave_out(*, speaker: Speaker, actor: Actor, now: datetime) -> Session:
    """Take somebody out who was to speak. Raises NotNow."""
    session, show = speaker.session, speaker.session.day.roadshow
    before = check_editable(show, session)
    number = speaker.id
    session.speakers.remove(speaker)
    db.session.flush()
    changed(show, before, now)
    noted("speaker_left_out", show, actor, now, session=session.id, speaker=number)
    return session

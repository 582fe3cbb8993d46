"""What was said of companies, by whom, and how far people came with each. Changes nothing."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from listing.companies import watched
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.meetings import queries as meetings
from listing.roadshows.models import Registration, Roadshow, Session
from listing.store.db import db

from . import rules
from .models import Feedback


def of_person(session_id: int, account_id: int) -> Feedback | None:
    """What a person said of a session."""
    return db.session.get(Feedback, (session_id, account_id))


def sessions_of(account_id: int) -> set[int]:
    """The sessions that a person said something of."""
    return set(db.session.scalars(select(Feedback.session_id).where(Feedback.account_id == account_id)))


def is_said_of(session_id: int) -> bool:
    """Whether anybody said what they thought of a session."""
    return db.session.scalar(select(Feedback.account_id).where(Feedback.session_id == session_id).limit(1)) is not None


def of_roadshow(show: Roadshow) -> Sequence[Feedback]:
    """Everything said of a roadshow, by session."""
    ids = [session.id for day in show.days for session in day.sessions]
    found = select(Feedback).where(Feedback.session_id.in_(ids)).options(joinedload(Feedback.registration))
    return db.session.scalars(found.order_by(Feedback.session_id, Feedback.said_at, Feedback.account_id)).all()


def said(session: Session, company_id: int) -> rules.Said:
    """What was said of a company's session, in numbers."""
    own = Feedback.session_id == session.id, Feedback.company_id == company_id
    rows = db.session.execute(select(Feedback.score, Feedback.follow_up).where(*own))
    return rules.counted([(score, wish) for score, wish in rows])


def is_attendee(row: Registration | None) -> bool:
    """Whether this registration is that of somebody who took part."""
    return row is not None and rules.took_part(row.state, row.mode, row.attended_at is not None)


def steps(show: Roadshow) -> dict[int, rules.Steps]:
    """How far people came with each company of a roadshow, in the order of its sessions."""
    invited = len(roadshows.invited(show)) if show.invitation_only else None
    places = defaultdict(list)
    for row in roadshows.registrations(show):
        if row.state == shows.CONFIRMED:
            places[row.day_id].append(row)
    people = {row.account_id for rows in places.values() for row in rows}
    sessions = [session for day in show.days for session in day.shown if session.company_id]
    companies = {session.company_id for session in sessions}
    met, watching = _met(show), watched.among(companies, people)
    found = {}
    for company_id in dict.fromkeys(session.company_id for session in sessions):
        own = [session for session in sessions if session.company_id == company_id]
        found[company_id] = _steps(own, places, invited, met[company_id], watching[company_id])
    return found


def _steps(own: list[Session], places, invited: int | None, met: set[int], watching: set[int]) -> rules.Steps:
    numbers = {session.id for session in own}
    rows = [row for day_id in {session.day_id for session in own} for row in places[day_id]]
    placed = {row.account_id for row in rows}
    planned = {row.account_id for row in rows if numbers.intersection(row.sessions)}
    came = {row.account_id for row in rows if row.attended_at}
    sat = {row.account_id for row in rows if row.id in met}
    return rules.Steps(invited, len(placed), len(planned), len(came), len(sat), len(placed & watching))


def _met(show: Roadshow) -> defaultdict[int, set[int]]:
    """The registrations that each company has published meetings with, cancelled ones left out."""
    met = defaultdict(set)
    for held in meetings.of_roadshow(show).values():
        run = meetings.published(held)
        for meeting in run.meetings if run else ():
            if meeting.cancelled_at is None:
                met[meeting.company_id].add(meeting.registration_id)
    return met

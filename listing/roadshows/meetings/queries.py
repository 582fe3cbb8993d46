"""Looking one-to-ones, wishes, timetables and meetings up. Changes nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from listing.admission import queries as admissions
from listing.companies import presentable
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.models import Day, Registration, Roadshow, Session
from listing.store.db import db

from . import rules
from .models import Meeting, Party, Round, Run


def of_day(day_id: int) -> Round | None:
    """The one-to-ones of a day."""
    return db.session.scalars(select(Round).where(Round.day_id == day_id)).one_or_none()


def held(round_id: int) -> Round:
    """The one-to-ones, held until the end of the transaction: whoever changes them waits for the one before.

    Their day and roadshow are read as they stand now.
    """
    found = select(Round).where(Round.id == round_id).with_for_update()
    row = db.session.scalars(found.execution_options(populate_existing=True)).one()
    roadshows.still_there(row.day)
    return row


def of_roadshow(show: Roadshow) -> dict[int, Round]:
    """The one-to-ones of a roadshow, by day."""
    found = select(Round).where(Round.day_id.in_([day.id for day in show.days]))
    return {row.day_id: row for row in db.session.scalars(found)}


def parties(found: Round) -> Sequence[Party]:
    """What the parties wrote, in the order in which they came."""
    rows = select(Party).where(Party.round_id == found.id).order_by(Party.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def party(found: Round, **who: int) -> Party | None:
    """What one party wrote; ``registration_id`` or ``company_id`` names it."""
    return db.session.scalars(select(Party).filter_by(round_id=found.id, **who)).one_or_none()


def guests(found: Round, now: datetime) -> list[Registration]:
    """Those who take part: they wrote, their place is confirmed, and their institution is admitted."""
    wrote = {row.registration_id for row in parties(found) if row.registration_id}
    rows = [row for row in roadshows.confirmed(found.day_id) if row.id in wrote]
    admitted = admissions.open_among({row.organisation_id for row in rows}, now)
    return [row for row in rows if row.organisation_id in admitted]


def registrations(ids: Collection[int]) -> dict[int, Registration]:
    """The registrations of these numbers, whatever has become of them."""
    found = select(Registration).where(Registration.id.in_(ids))
    return {row.id: row for row in db.session.scalars(found)} if ids else {}


def presenters(day: Day) -> dict[int, presentable.Candidate]:
    """The companies on the agenda of a day that are on display in both languages, by number."""
    found = presentable.of({session.company_id for session in day.sessions if session.company_id})
    return {number: company for number, company in found.items() if not company.reason}


def current(found: Round) -> Run | None:
    """The timetable worked out last that was not undone, with its meetings."""
    rows = select(Run).where(Run.round_id == found.id, Run.state != rules.UNDONE).order_by(Run.id.desc())
    return db.session.scalars(rows.options(_MEETINGS).limit(1)).one_or_none()


def published(found: Round) -> Run | None:
    """The timetable that holds, with its meetings."""
    rows = select(Run).where(Run.round_id == found.id, Run.state == rules.PUBLISHED).order_by(Run.id.desc())
    return db.session.scalars(rows.options(_MEETINGS).limit(1)).one_or_none()


def cancelled(found: Round) -> set[tuple[int, int]]:
    """The pairs of whom one cancelled a published meeting, as registration and company."""
    rows = select(Meeting.registration_id, Meeting.company_id).join(Meeting.run)
    return {
        tuple(row) for row in db.session.execute(rows.where(Run.round_id == found.id, Meeting.cancelled_at.isnot(None)))
    }


_MEETINGS = selectinload(Run.meetings).joinedload(Meeting.registration)


def run_of(day_id: int, run_id: int) -> Run | None:
    """A timetable of that day."""
    run = db.session.get(Run, run_id)
    return run if run and run.round.day_id == day_id else None


def meeting_of(day_id: int, meeting_id: int) -> Meeting | None:
    """A meeting of that day."""
    meeting = db.session.get(Meeting, meeting_id)
    return meeting if meeting and meeting.run.round.day_id == day_id else None


def of_person(account_id: int) -> list[Meeting]:
    """The published meetings of a person whose place still stands, the next first."""
    own = Registration.account_id == account_id, Registration.state == shows.CONFIRMED
    return _standing(select(Meeting).join(Meeting.registration).where(*own))


def of_companies(ids: Collection[int]) -> list[Meeting]:
    """The published meetings of these companies, the next first."""
    return _standing(select(Meeting).join(Meeting.registration).where(Meeting.company_id.in_(ids))) if ids else []


def _standing(found) -> list[Meeting]:
    """Of each round the meetings of the timetable published last."""
    later = select(Run.id).where(Run.round_id == Round.id, Run.state == rules.PUBLISHED).order_by(Run.id.desc())
    last = Run.id == later.limit(1).correlate(Round).scalar_subquery()
    loaded = found.join(Meeting.run).join(Run.round).join(Round.day).join(Day.roadshow)
    way = contains_eager(Meeting.run).contains_eager(Run.round).contains_eager(Round.day).contains_eager(Day.roadshow)
    rows = loaded.where(last, Roadshow.state != shows.CANCELLED).options(way, contains_eager(Meeting.registration))
    ordered = rows.order_by(Day.begins_at, Meeting.slot, Meeting.room)
    return list(db.session.scalars(ordered))


def open_for_companies(ids: Collection[int], now: datetime) -> list[tuple[Round, int]]:
    """The one-to-ones to come at which these companies present, each with the company."""
    presenting = select(Round, Session.company_id).join(Round.day).join(Day.sessions).join(Day.roadshow)
    found = presenting.where(Session.company_id.in_(ids), Roadshow.state == shows.PUBLISHED, Day.ends_at > now)
    rows = found.options(joinedload(Round.day).joinedload(Day.roadshow)).order_by(Day.begins_at, Session.company_id)
    return list(dict.fromkeys(tuple(row) for row in db.session.execute(rows))) if ids else []

"""Looking roadshows, registrations and queues up. Changes nothing."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from listing.store.db import db

from . import rules, waiting
from .agenda import Slot, slot
from .answering import Answering, Asked, of
from .models import Day, Feed, Invitation, Places, Question, Registration, Roadshow, Session
from .presenting import queries as presenting

SHOWN = (rules.PUBLISHED, rules.ARCHIVED, rules.CANCELLED)
WHOLE = (
    selectinload(Roadshow.days).selectinload(Day.sessions).selectinload(Session.speakers),
    selectinload(Roadshow.days).selectinload(Day.places),
)


def by_id(roadshow_id: int) -> Roadshow | None:
    """The roadshow of that number, with days and sessions."""
    return db.session.get(Roadshow, roadshow_id, options=WHOLE)


def held(roadshow: Roadshow) -> Roadshow:
    """The roadshow as it stands now, with days, sessions and reminders, held until the transaction ends.

    Who plans waits here for whoever planned before. Places are held after it, never before.
    """
    found = select(Roadshow).where(Roadshow.id == roadshow.id).options(*WHOLE, selectinload(Roadshow.reminders))
    return db.session.scalars(found.with_for_update().execution_options(populate_existing=True)).one()


def shown(code: str) -> Roadshow | None:
    """The roadshow at that public address; a draft has none, nor has one that was called off while it was a draft."""
    if "\0" in code:
        return None
    found = select(Roadshow).where(Roadshow.code == code, Roadshow.state.in_(SHOWN), Roadshow.version > 0)
    return db.session.scalars(found.options(*WHOLE)).one_or_none()


def is_code_free(code: str) -> bool:
    """Whether no roadshow has this address."""
    return db.session.scalar(select(Roadshow.id).where(Roadshow.code == code)) is None


def next_of_company(company_id: int, now: datetime) -> Session | None:
    """The next session at which a company presents."""
    found = (
        select(Session)
        .join(Session.day)
        .join(Day.roadshow)
        .options(contains_eager(Session.day).contains_eager(Day.roadshow))
        .where(Session.company_id == company_id, Roadshow.state == rules.PUBLISHED, Session.ends_at > now)
    )
    return db.session.scalars(found.order_by(Session.begins_at, Session.id).limit(1)).one_or_none()


def day_of(roadshow_id: int, day_id: int) -> Day | None:
    """A day of that roadshow."""
    day = db.session.get(Day, day_id)
    return day if day and day.roadshow_id == roadshow_id else None


def session_of(roadshow_id: int, session_id: int) -> Session | None:
    """A session of that roadshow."""
    session = db.session.get(Session, session_id)
    return session if session and session.day.roadshow_id == roadshow_id else None


def slots(day: Day) -> list[Slot]:
    """The sessions of a day as agenda.py compares them, companies that have not answered yet included."""
    companies = presenting.holding([session.id for session in day.sessions])
    return [slot(session, session.company_id or companies.get(session.id)) for session in day.sessions]


def is_invited(roadshow: Roadshow, email: str) -> bool:
    """Whether the address is among those invited."""
    return db.session.get(Invitation, (roadshow.id, email.casefold())) is not None


def invited(roadshow: Roadshow) -> Sequence[str]:
    """The addresses invited, in their order."""
    found = select(Invitation.email).where(Invitation.roadshow_id == roadshow.id)
    return db.session.scalars(found.order_by(Invitation.email)).all()


def registration(day_id: int, account_id: int) -> Registration | None:
    """What a person's registration for a day has become."""
    found = select(Registration).where(Registration.day_id == day_id, Registration.account_id == account_id)
    return db.session.scalars(found).one_or_none()


def own(registration_id: int, account_id: int) -> Registration | None:
    """A registration of that person by its number; anybody else's is none."""
    row = db.session.get(Registration, registration_id)
    return row if row and row.account_id == account_id else None


def registration_of(roadshow_id: int, registration_id: int) -> Registration | None:
    """A registration for that roadshow."""
    row = db.session.get(Registration, registration_id)
    return row if row and row.day.roadshow_id == roadshow_id else None


def registrations(roadshow: Roadshow) -> Sequence[Registration]:
    """Everybody who ever registered for a roadshow, by day, in the order in which they would get places."""
    found = select(Registration).where(Registration.day_id.in_([day.id for day in roadshow.days]))
    return db.session.scalars(found.order_by(Registration.day_id, Registration.mode, *waiting.ORDER)).all()


def live_of_roadshow(roadshow: Roadshow) -> Sequence[Registration]:
    """The registrations of a roadshow that stand, a person's first one first."""
    return [row for row in registrations(roadshow) if row.state in rules.LIVE]


def registered(roadshow: Roadshow) -> int:
    """How many people are registered for a roadshow, those who wait included."""
    found = select(func.count(Registration.account_id.distinct())).where(*_standing(roadshow))
    return db.session.scalar(found)


def registrations_count(roadshow: Roadshow) -> int:
    """How many registrations for its days stand."""
    return db.session.scalar(select(func.count()).select_from(Registration).where(*_standing(roadshow)))


def planned(roadshow: Roadshow) -> Counter[int]:
    """How many plan to attend each session, by its number."""
    chosen = db.session.scalars(select(Registration.sessions).where(*_standing(roadshow)))
    return Counter(number for numbers in chosen for number in numbers)


def _standing(roadshow: Roadshow) -> tuple:
    return Registration.day_id.in_([day.id for day in roadshow.days]), Registration.state.in_(rules.LIVE)


def of_person(account_id: int) -> Sequence[Registration]:
    """A person's registrations, the next day first; what they chose is read only when it is asked for."""
    found = select(Registration).join(Registration.day).where(Registration.account_id == account_id)
    days = contains_eager(Registration.day).selectinload(Day.roadshow)
    found = found.options(days, defer(Registration.sessions), defer(Registration.sectors))
    return db.session.scalars(found.order_by(Day.begins_at, Registration.id)).all()


def own_of(roadshow: Roadshow, account_id: int) -> dict[int, Registration]:
    """A person's registrations for the days of a roadshow, by day."""
    ids = [day.id for day in roadshow.days]
    found = select(Registration).where(Registration.account_id == account_id, Registration.day_id.in_(ids))
    return {row.day_id: row for row in db.session.scalars(found)}


def live_of_day(day_id: int) -> Sequence[Registration]:
    """The registrations for a day that stand, in their order."""
    found = select(Registration).where(Registration.day_id == day_id, Registration.state.in_(rules.LIVE))
    return db.session.scalars(found.order_by(Registration.turn, Registration.id)).all()


class Turns(NamedTuple):
    """The lowest and the highest turn of a day, and the highest number of a group."""

    lowest: int
    highest: int
    party: int


def turns(day_id: int) -> Turns:
    """The turns given on a day; zero where there are none."""
    ends = (func.min(Registration.turn), func.max(Registration.turn), func.max(Registration.party))
    bounds = select(*(func.coalesce(end, 0) for end in ends))
    return Turns(*db.session.execute(bounds.where(Registration.day_id == day_id)).one())


def locked_places(day_id: int) -> dict[str, Places]:
    """The places of a day by mode, held until the end of the transaction: who moves a seat waits for the one before."""
    return {row.mode: row for row in _locked([day_id])}


def lock_places(days: Collection[Day]) -> None:
    """Let nobody come or leave on these days until the end of the transaction; their roadshow is held before."""
    _locked([day.id for day in days])


def _locked(day_ids: Collection[int]) -> Sequence[Places]:
    found = select(Places).where(Places.day_id.in_(day_ids)).order_by(Places.id)
    return db.session.scalars(found.with_for_update().execution_options(populate_existing=True)).all()


def still_there(day: Day) -> bool:
    """Read a day and its roadshow as they stand now, after its places were locked; False where it was taken out."""
    found = select(Day).where(Day.id == day.id).options(joinedload(Day.roadshow))
    return db.session.scalar(found.execution_options(populate_existing=True)) is not None


def days_to_tend(now: datetime) -> Sequence[int]:
    """The days to come for which somebody is registered."""
    found = (
        select(Day.id)
        .join(Day.roadshow)
        .where(Roadshow.state == rules.PUBLISHED, Day.begins_at > now)
        .where(select(Registration.id).where(Registration.day_id == Day.id).exists())
    )
    return db.session.scalars(found.order_by(Day.begins_at, Day.id)).all()


def days_to_remind(now: datetime) -> Sequence[Day]:
    """The days of roadshows on show that a reminder may be due for."""
    earliest = now - timedelta(minutes=rules.LONGEST_REMINDER) - rules.THANKED_WITHIN
    found = select(Day).join(Day.roadshow).where(Roadshow.state == rules.PUBLISHED)
    return db.session.scalars(found.where(Day.ends_at >= earliest).order_by(Day.id)).all()


def confirmed(day_id: int) -> Sequence[Registration]:
    """Everybody with a place on a day."""
    found = select(Registration).where(Registration.day_id == day_id, Registration.state == rules.CONFIRMED)
    return db.session.scalars(found.order_by(Registration.id)).all()


def arrivals(roadshow: Roadshow) -> dict[int, list[datetime | None]]:
    """When everybody with a place came, by day; None for who did not."""
    found = select(Registration.day_id, Registration.attended_at).where(
        Registration.day_id.in_([day.id for day in roadshow.days]), Registration.state == rules.CONFIRMED
    )
    every: dict[int, list[datetime | None]] = {day.id: [] for day in roadshow.days}
    for day_id, at in db.session.execute(found):
        every[day_id].append(at)
    return every


def asked_count(session_id: int, account_id: int) -> int:
    """How many questions a person asked about a session."""
    mine = (Question.session_id == session_id, Question.account_id == account_id)
    return db.session.scalar(select(func.count()).where(*mine))


def is_asked_about(session_id: int) -> bool:
    """Whether anybody asked something about a session."""
    return db.session.scalar(select(Question.id).where(Question.session_id == session_id).limit(1)) is not None


def questions(roadshow: Roadshow) -> Sequence[Question]:
    """Every question of a roadshow, those that wait first, then in the order in which they were asked."""
    ids = [session.id for day in roadshow.days for session in day.sessions]
    found = select(Question).where(Question.session_id.in_(ids))
    return db.session.scalars(found.order_by(Question.state != rules.ASKED, Question.id)).all()


def owed(roadshow: Roadshow) -> list[Question]:
    """The material answers that are still to be published in both languages."""
    return [row for row in questions(roadshow) if row.material_owed]


def answering(roadshow: Roadshow) -> dict[int | None, Answering]:
    """How the questions of a roadshow were answered: of all under None, of each company by its number."""
    found = select(Session.company_id, Question.asked_at, Question.answered_at, Question.state == rules.DISMISSED)
    of_it = found.join(Question.session).where(Session.day_id.in_([day.id for day in roadshow.days]))
    groups: dict[int | None, list[Asked]] = {None: []}
    for company_id, *row in db.session.execute(of_it):
        for key in {None, company_id}:
            groups.setdefault(key, []).append(Asked(*row))
    return {key: of(rows) for key, rows in groups.items()}


def material_answers(limit: int) -> Sequence[Question]:
    """The last answers that every admitted investor is shown, the newest first."""
    found = select(Question).join(Question.session).join(Session.day).join(Day.roadshow)
    loaded = contains_eager(Question.session).contains_eager(Session.day).contains_eager(Day.roadshow)
    material = found.options(loaded).where(Question.material, Roadshow.state.in_(SHOWN))
    return db.session.scalars(material.order_by(Question.answered_at.desc(), Question.id.desc()).limit(limit)).all()


def question_of(roadshow_id: int, question_id: int) -> Question | None:
    """A question of that roadshow."""
    row = db.session.get(Question, question_id)
    return row if row and row.session.day.roadshow_id == roadshow_id else None


def feed_of(account_id: int) -> Feed | None:
    """A person's calendar link, if they have one."""
    return db.session.get(Feed, account_id)

"""Whether a company meets an institution at a roadshow: by a wish, by a meeting, by a question with its name.

Decides nothing of what the company then sees of it.
"""

from datetime import datetime

from sqlalchemy import Select, exists, or_, select

from listing.admission import queries as admissions
from listing.store.db import db

from . import rules
from .meetings import rules as meetings
from .meetings.models import Meeting, Party, Round, Run
from .models import Day, Question, Registration, Session


def is_met(company_id: int, institution_id: int, now: datetime) -> bool:
    """Whether a page of the company names the institution now."""
    found = [_asked(company_id, institution_id), _meets(company_id, institution_id)]
    if admissions.open_among([institution_id], now):  # who is not admitted stands in no list of wishes
        found.append(_wished(company_id, institution_id))
    return db.session.scalar(select(or_(*(exists(each) for each in found))))


def _asked(company_id: int, institution_id: int) -> Select:
    named = Question.organisation_id == institution_id, Question.anonymous.is_(False)
    about = select(Question.id).join(Question.session).where(Session.company_id == company_id, *named)
    return about.where(Question.state != rules.DISMISSED)


def _wished(company_id: int, institution_id: int) -> Select:
    """By wishes of a confirmed guest of a day on which the company presents."""
    guest = Registration.organisation_id == institution_id, Registration.state == rules.CONFIRMED
    wrote = select(Party.id).join(Registration, Registration.id == Party.registration_id)
    there = wrote.join(Round, Round.id == Party.round_id).join(Round.day).join(Day.sessions)
    return there.where(Session.company_id == company_id, *guest)


def _meets(company_id: int, institution_id: int) -> Select:
    """In a timetable that was published."""
    held = select(Meeting.id).join(Meeting.run).join(Meeting.registration)
    return held.where(
        Meeting.company_id == company_id,
        Registration.organisation_id == institution_id,
        Run.state == meetings.PUBLISHED,
    )

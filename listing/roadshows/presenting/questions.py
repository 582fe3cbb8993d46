"""Questions as companies and voters see them: those put to a company, how many want which, and who may say so."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from listing.access.actor import Actor, Tier
from listing.roadshows import rules as shows
from listing.roadshows.models import Question, Registration, Roadshow, Session, Vote
from listing.store.db import db


def of_session(session: Session) -> Sequence[Question]:
    """What was asked about a session and not put aside, the oldest first."""
    found = select(Question).where(Question.session_id == session.id, Question.state != shows.DISMISSED)
    return db.session.scalars(found.order_by(Question.id)).all()


def by_id(session: Session, question_id: int) -> Question | None:
    """One of the questions put to the company of a session."""
    return next((row for row in of_session(session) if row.id == question_id), None)


def waiting(session: Session) -> int:
    """How many questions of a session are without an answer, of the company or published."""
    return sum(not (row.reply.complete or row.answered_at) for row in of_session(session))


def votes(ids: Collection[int]) -> Counter[int]:
    """How many people want each of these questions answered."""
    found = select(Vote.question_id, func.count()).where(Vote.question_id.in_(ids)).group_by(Vote.question_id)
    return Counter({question: count for question, count in db.session.execute(found)}) if ids else Counter()


def voted(ids: Collection[int], account_id: int) -> set[int]:
    """Those of these questions that a person voted for."""
    found = select(Vote.question_id).where(Vote.question_id.in_(ids), Vote.account_id == account_id)
    return set(db.session.scalars(found)) if ids else set()


def may_vote(show: Roadshow, actor: Actor) -> bool:
    """Whether somebody has a confirmed place on a day of the roadshow and is admitted."""
    if actor.tier < Tier.ADMITTED:
        return False
    days = [day.id for day in show.days]
    held = Registration.account_id == actor.user_id, Registration.state == shows.CONFIRMED
    return db.session.scalar(select(Registration.id).where(Registration.day_id.in_(days), *held).limit(1)) is not None

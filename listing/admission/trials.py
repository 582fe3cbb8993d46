"""Looking up what a version of a rule book made of past cases. Changes nothing.

A line says who, before, after and which rules; what somebody answered stands in the case, for those who may see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import defer

from listing.rulebook import grammar
from listing.rulebook.book import Book
from listing.rulebook.node import Broken
from listing.store.db import db

from . import books
from .models import Decision
from .simulating import GAIN, LOSE, OTHERWISE, SIDES, STAY
from .trial_models import RuleTrial, RuleTrialLine

PAGE = 25
FOREMOST = (LOSE, OTHERWISE, GAIN, STAY)  # what a reader wants to see first


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a trial, each with its decision's submission, institution and day; ``onward`` as in a list."""

    rows: Sequence[Row]
    onward: int | None


def trial(trial_id: int) -> RuleTrial | None:
    """The trial of that number."""
    return db.session.get(RuleTrial, trial_id)


def newest() -> Sequence[RuleTrial]:
    """Every trial that is kept, the last first, without the texts."""
    found = select(RuleTrial).options(defer(RuleTrial.content)).order_by(RuleTrial.id.desc())
    return db.session.scalars(found).all()


def unfinished() -> Sequence[int]:
    """The numbers of the trials that go on."""
    return db.session.scalars(select(RuleTrial.id).where(RuleTrial.finished_at.is_(None)).order_by(RuleTrial.id)).all()


def read(trial: RuleTrial) -> Book:
    """The version that is tried. Raises Broken where this release reads its text no longer."""
    return grammar.read(trial.content, f"{trial.book}@{trial.version}.yaml")


def is_published(trial: RuleTrial) -> bool:
    """Whether the library holds this very content."""
    found = books.library().version(trial.book, trial.version)
    return found is not None and found.digest == trial.digest


def known(trial: RuleTrial) -> tuple[Book, ...]:
    """Where the rules of its lines stand: in the version tried, else in one published before."""
    published = books.library().versions(trial.book)[::-1]
    try:
        return (read(trial), *published)
    except Broken:
        return published


def foremost(trial: RuleTrial, asked: str) -> str:
    """The side to show: the one asked for, else the first that holds anybody."""
    return asked if asked in SIDES else next((side for side in FOREMOST if getattr(trial, side)), STAY)


def lines(trial: RuleTrial, side: str, *, after: int | None) -> Page:
    """A page of one side; ``after`` is the number of the last decision before it."""
    found = (
        select(RuleTrialLine, Decision.submission_id, Decision.organisation_id, Decision.decided_at)
        .join(Decision, Decision.id == RuleTrialLine.decision_id)
        .where(RuleTrialLine.trial_id == trial.id, RuleTrialLine.side == side, RuleTrialLine.decision_id > (after or 0))
        .order_by(RuleTrialLine.decision_id)
        .limit(PAGE + 1)
    )
    rows = db.session.execute(found).all()
    return Page(rows[:PAGE], rows[PAGE - 1].RuleTrialLine.decision_id if len(rows) > PAGE else None)


def decided_since(trial: RuleTrial) -> int:
    """How many decisions were made after those that the trial looks at."""
    return db.session.scalar(select(func.count()).where(Decision.id > trial.upto))

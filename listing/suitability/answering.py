"""The risk questionnaire answered anew by who signs for an admitted institution; the level holds at once."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.admission import pages
from listing.journal import operations as journal
from listing.store.db import db

from . import queries, rules
from .models import Questionnaire


def answer(
    *, organisation_id: int, content: Mapping, declared_true: bool, language: str, actor: Actor, now: datetime
) -> Questionnaire:
    """Keep new answers and the level they give. Raises NotAdmitted, Unanswered, NotDeclared, TooOften."""
    if organisation_id not in queries.investors([organisation_id], now):
        raise rules.NotAdmitted
    points = pages.risk_points({"risk": content})
    if points is None:
        raise rules.Unanswered
    if not declared_true:
        raise rules.NotDeclared
    before = queries.answered_anew(organisation_id)
    check_often(before, now)
    row = Questionnaire(
        organisation_id=organisation_id,
        number=before[0].number + 1 if before else 1,
        account_id=actor.user_id,
        label=actor.label,
        content=dict(content),
        points=points,
        level=pages.risk_level({"risk": content}),
        language=language,
        answered_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else of the institution answered at the same time
        check_often(queries.answered_anew(organisation_id), now)
        raise rules.MeanwhileAnswered from None
    data = {"number": row.number, "points": points, "level": row.level, "language": language}
    subject = ("questionnaire", row.id, organisation_id)
    journal.append(code="suitability.answered", data=data, actor=actor, subject=subject, now=now)
    return row


def check_often(before: list[Questionnaire], now: datetime) -> None:
    """Refuse more answers within the validity of one than the matrix allows. Raises TooOften."""
    matrix = queries.matrix(now)
    ends = [matrix.validity.end(row.answered_at.astimezone(rules.ZONE).date()) for row in before[: matrix.most_anew]]
    counted = [end for end in ends if now < datetime.combine(end + timedelta(days=1), time(), rules.ZONE)]
    if len(counted) >= matrix.most_anew:
        raise rules.TooOften(most=matrix.most_anew, day=min(counted) + timedelta(days=1))

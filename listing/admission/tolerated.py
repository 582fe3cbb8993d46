"""What suitability is judged by on the side of an investor: the admission held, and the risk questionnaire behind it.

Changes nothing. What follows from it, listing/suitability decides.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from listing.store.db import db

from .models import Admission, Decision, Submission


class Tolerated(NamedTuple):
    """An admission; ``proposed`` is what the rules said of it, ``answered_at`` when the questionnaire was signed."""

    organisation_id: int
    book: str
    investor_class: str
    level: str
    proposed: str
    answered_at: datetime


def of(ids: Collection[int]) -> dict[int, Tolerated]:
    """How these institutions are admitted, by number; one statement."""
    wanted = (
        select(
            Admission.organisation_id,
            Admission.book,
            Admission.investor_class,
            Admission.risk_level,
            Decision.proposed,
            Submission.submitted_at,
        )
        .join(Decision, Decision.id == Admission.decision_id)
        .join(Submission, Submission.id == Decision.submission_id)
    )
    rows = db.session.execute(wanted.where(Admission.live_of.in_(ids))) if ids else ()
    return {row[0]: Tolerated(*row) for row in rows}

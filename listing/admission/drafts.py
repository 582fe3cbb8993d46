"""What a reviewer noted of the rules of a submission and has not sent. Changes nothing."""

from sqlalchemy import select

from listing.store.db import db

from .draft_models import DraftFinding


def of(submission_id: int, account_id: int) -> dict[str, str]:
    """What that reviewer noted, by rule."""
    theirs = DraftFinding.submission_id == submission_id, DraftFinding.account_id == account_id
    return dict(db.session.execute(select(DraftFinding.rule, DraftFinding.outcome).where(*theirs)).all())

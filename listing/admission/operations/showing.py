"""Showing the papers of an application to whoever works on its case, and to nobody any longer than that."""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.admission import papers
from listing.admission.models import Application, Submission
from listing.evidence.operations import granting


def open_to(*, application: Application, submission: Submission, until: datetime, actor: Actor, now: datetime) -> None:
    """Let ``actor`` open the papers until then, and nobody who worked on this submission before."""
    close(submission=submission, actor=actor, now=now)
    granting.grant(
        organisation_id=submission.organisation_id,
        case=papers.case_of(application),
        purpose=_purpose(submission),
        until=until,
        to_person=actor.user_id,
        actor=actor,
        now=now,
    )


def close(*, submission: Submission, actor: Actor | System, now: datetime) -> None:
    """End what was opened for the review of a submission."""
    holder, purpose = submission.organisation_id, _purpose(submission)
    granting.withdraw(organisation_id=holder, purpose=purpose, why="review_over", actor=actor, now=now)


def _purpose(submission: Submission) -> str:
    return f"review:{submission.id}"

"""Noting who read a document that is not for everybody."""

from datetime import datetime

from listing.access.actor import Actor
from listing.journal import operations as journal

from .. import rules
from ..models import Company


def note(*, company: Company, file, actor: Actor, now: datetime) -> bool:
    """Put into the log that ``actor`` read ``file``, one of the company's documents. Raises NotSuited."""
    check_open(company, actor)
    data = {"file": file.id, "digest": file.sha256, "institutions": [m.organisation_id for m in actor.memberships]}
    subject = ("company", company.id, company.organisation_id)
    journal.append(code="company.document_read", data=data, actor=actor, subject=subject, now=now)
    return True


def check_open(company: Company, actor: Actor) -> None:
    """Hand no papers of a company to who has not settled how it suits their institution. Raises NotSuited.

    Its own people are not asked.
    """
    if actor.membership(company.organisation_id) is None and actor.closed(company.id):
        raise rules.NotSuited

"""Noting who read a document that is not for everybody."""

from datetime import datetime

from listing.access.actor import Actor
from listing.journal import operations as journal

from ..models import Company


def note(*, company: Company, file, actor: Actor, now: datetime) -> bool:
    """Put into the log that ``actor`` read ``file``, one of the company's documents."""
    data = {"file": file.id, "digest": file.sha256, "institutions": [m.organisation_id for m in actor.memberships]}
    subject = ("company", company.id, company.organisation_id)
    journal.append(code="company.document_read", data=data, actor=actor, subject=subject, now=now)
    return True

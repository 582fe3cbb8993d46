"""A copy of a factsheet with the admitted content, made for one person and recorded before it is handed out."""

import secrets
from datetime import datetime

from listing.access.actor import Actor
from listing.journal import operations as journal

from ..models import Company, Revision
from .reading import check_open


def record_copy(*, company: Company, revision: Revision | None, script: str, actor: Actor, now: datetime) -> str:
    """Record that a copy is made for ``actor``, and return its number, which stands on every page of it.

    Raises NotSuited.
    """
    check_open(company, actor)
    number = secrets.token_hex(8)
    data = {"copy": number, "revision": revision.number if revision else 0, "script": script}
    subject = ("company", company.id, company.organisation_id)
    journal.append(code="company.factsheet_copied", data=data, actor=actor, subject=subject, now=now)
    return number

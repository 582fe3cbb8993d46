"""Adding a company to those of an announcement; who may be added, and when, is decided by whoever calls."""

from collections.abc import Iterable
from datetime import datetime

from listing.access.actor import Actor, System
from listing.disclosure.announcements import parties
from listing.disclosure.announcements.models import Announcement, Party
from listing.store.db import db


def add(*, announcement: Announcement, companies: Iterable, actor: Actor | System, now: datetime) -> None:
    """Let these companies take part; one that had left does again."""
    for company in companies:
        row = parties.party(announcement.id, company.id)
        if row is None:
            row = Party(announcement_id=announcement.id, company_id=company.id)
            db.session.add(row)
        row.organisation_id = company.organisation_id
        row.invited_at, row.invited_by_label = now, str(actor.label)
        row.left_at = row.left_by_label = None
    db.session.flush()

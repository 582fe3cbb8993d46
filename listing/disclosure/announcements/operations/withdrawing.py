"""Ending an announcement that was never released; the log keeps which texts and files that were."""

from datetime import datetime

from listing.access.actor import Actor
from listing.disclosure.announcements import letters, parties, saying, texts
from listing.disclosure.announcements.models import Announcement

from .writing import ended, figures_of, hold


def withdraw(*, announcement: Announcement, reason: str, actor: Actor, now: datetime) -> Announcement:
    """End an announcement that is not released yet. Raises NoReason, NotNow.

    The digests in the log are those of the texts as far as they were written; there never was a PDF of them.
    """
    hold(announcement)
    written = texts.sides(announcement.title, saying.filled(announcement.body, figures_of(announcement)))
    told = texts.committed(written, announcement.files)
    ended(announcement, "withdraw", "withdrawn", reason, actor, now, **told)
    others = [row.organisation_id for row in parties.invited(announcement.id)]
    if others:
        letters.left(announcement, now, others)
    return announcement

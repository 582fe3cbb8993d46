"""The platform reads what a company has signed, where the category asks for it: it is passed on, or returned."""

from datetime import datetime

from listing.access.actor import Actor
from listing.disclosure.announcements import letters, parties, rules, under_review
from listing.disclosure.announcements.models import Announcement

from .releasing import onward
from .writing import digest, hold, look_ready, returned


def pass_on(*, announcement: Announcement, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Let it go on to its window. Of two who decide at once, one does.

    Raises NotNow, HasPart, ChangedSinceRead, NotReady, calendars.OutsideCalendar.
    """
    _begin(announcement, actor)
    if seen != digest(announcement) or seen != announcement.signed_digest:
        raise rules.ChangedSinceRead
    look_ready(announcement, now)
    announcement.reviewed_at, announcement.reviewed_by = now, actor.user_id
    announcement.reviewed_by_label = str(actor.label)
    return onward(announcement, "reviewed", actor, now, digest=seen)


def send_back(*, announcement: Announcement, reason: str, actor: Actor, now: datetime) -> Announcement:
    """Return it to those who wrote and signed it, with what has to change. Raises NotNow, HasPart, NoReason."""
    _begin(announcement, actor)
    signatories = parties.signatories(announcement)
    returned(announcement, reason, actor, now)
    letters.returned(announcement, now, signatories)
    return announcement


def _begin(announcement: Announcement, actor: Actor) -> None:
    hold(announcement)
    if announcement.state != rules.REVIEW:
        raise rules.NotNow
    under_review.look_apart(announcement, actor)

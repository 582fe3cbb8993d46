"""Confirming that both texts say the same: by somebody who translated none of it, for one revision, before signing."""

from datetime import datetime

from listing.access.actor import Actor
from listing.disclosure.announcements import checkers, letters, roles, rules
from listing.disclosure.announcements.models import Announcement

from .writing import digest, hold, log, look_ready


def confirm(*, announcement: Announcement, read: bool, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Confirm a draft, or what waits for its signature, as it stands. Of two who confirm at once, one does.

    Raises NotRead, NotNow, ChangedSinceRead, TranslatedIt, NotReady.
    """
    if not read:
        raise roles.NotRead
    hold(announcement)
    if announcement.state not in (rules.DRAFT, rules.SENT) or not unchecked(announcement):
        raise rules.NotNow
    if seen != digest(announcement):
        raise rules.ChangedSinceRead
    translated = checkers.translators(announcement)
    roles.may_check(actor.user_id, translated)
    look_ready(announcement, now)
    announcement.checked_at, announcement.checked_by = now, actor.user_id
    announcement.checked_by_label, announcement.checked_digest = str(actor.label), seen
    log("checked", announcement, actor, now, digest=seen, translated=translated)
    if announcement.state == rules.SENT:
        letters.waits(announcement, now)
    return announcement


def unchecked(announcement: Announcement) -> bool:
    """Whether somebody still has to check it as it stands."""
    return checkers.asked(announcement) and not checkers.stands(announcement, digest(announcement))

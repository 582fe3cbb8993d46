"""Moving the embargo of what was signed: the texts stay as they were signed, only the time of their release moves.

The digest goes on holding the embargo that was signed (``moved_from``). Whoever moves it and whoever releases hold the
announcement, so that one comes first and the other sees what it did.
"""

from datetime import datetime
from hashlib import sha256

from listing.access.actor import Actor
from listing.disclosure.announcements import embargo, letters, parties, rules
from listing.disclosure.announcements.models import Announcement

from . import closing
from .releasing import note_missed, slot
from .writing import digest, hold, log


def move(
    *, announcement: Announcement, not_before: embargo.Typed, reason: str, actor: Actor, now: datetime
) -> Announcement:
    """Hold it back until another time than was signed, with the reason, and put it down for the window after that.

    A window that the platform has missed stays noted. Raises NoReason, WroteIt, what ``look_movable`` and
    ``embargo.moved`` raise, calendars.OutsideCalendar.
    """
    if not reason.strip():
        raise rules.NoReason
    hold(announcement)
    look_movable(announcement, now)
    rules.may_sign(actor.user_id, announcement.writers)
    row, before = announcement, announcement.not_before
    found = embargo.moved(not_before, as_signed(row), before, now)
    note_missed(row, parties.all_on_display(row), now)
    row.moved_from = row.moved_from or before
    row.moved_why = reason.strip()[: rules.NOTE_LONGEST]
    row.not_before, row.not_before_zone = found, not_before.zone
    if row.state == rules.QUEUED:
        window = slot(row, now)
        row.window_opens, row.window_closes = window.opens, window.closes
    closing.moot(row, rules.MOVED, now)
    letters.moved(row, actor, now)
    told = {"signed": row.moved_from, "before": before, "until": found, "window": row.window_opens}
    told["reason"] = sha256(row.moved_why.encode()).hexdigest()  # the log holds no prose
    log("embargo_moved", row, actor, now, **told)
    return row


def look_movable(row: Announcement, now: datetime) -> None:
    """Look that it is signed, held back and not released. Raises Released, Begun, NoEmbargo, NotNow."""
    if row.state == rules.PUBLISHED:
        raise embargo.Released
    if row.state not in rules.SIGNED or row.signed_digest != digest(row):
        raise rules.NotNow
    if row.not_before is None:
        raise embargo.NoEmbargo
    if _is_open(row, now) and parties.all_on_display(row):
        raise embargo.Begun


def _is_open(row: Announcement, now: datetime) -> bool:
    """Whether its window is open, as it was put down for it."""
    begun = row.window_opens is not None and row.window_opens <= now
    return begun and (row.window_closes is None or now < row.window_closes)


def as_signed(row: Announcement) -> embargo.Signed:
    """The embargo that was signed, and by whom besides one company."""
    places = parties.places(row)
    alone = len(places) == 1 and row.endorsed_at is None
    return embargo.Signed(row.moved_from or row.not_before, max(place.row.signed_at for place in places), alone)

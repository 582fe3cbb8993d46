"""A party takes one of its published meetings back; the other one is told at once."""

from datetime import datetime

from listing.access.actor import Actor
from listing.roadshows import rules as shows
from listing.roadshows.meetings import letters, queries
from listing.roadshows.meetings.models import Meeting
from listing.roadshows.operations.planning import noted
from listing.store.db import db


def cancel(*, meeting: Meeting, side: str, actor: Actor, now: datetime) -> Meeting:
    """Cancel a meeting before it begins. Cancelled already, nothing happens. Raises NotNow."""
    found = queries.held(meeting.run.round_id)
    db.session.refresh(meeting)
    if meeting.cancelled_at:
        return meeting
    if meeting.run is not queries.published(found) or found.day.roadshow.state != shows.PUBLISHED:
        raise shows.NotNow
    if now >= meeting.begins_at:
        raise shows.NotNow
    meeting.cancelled_by, meeting.cancelled_at = side, now
    db.session.flush()
    letters.cancelled(meeting, now)
    noted("meeting_cancelled", found.day.roadshow, actor, now, meeting=meeting.id, by=side)
    return meeting

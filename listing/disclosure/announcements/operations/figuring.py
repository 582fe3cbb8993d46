"""The figures of a report, typed into its draft once."""

from datetime import datetime

from listing.access.actor import Actor
from listing.disclosure.announcements import figures, rules
from listing.disclosure.announcements.figures import Given
from listing.disclosure.announcements.models import Announcement
from listing.store.db import db

from .writing import hold, log, wrote


def give(*, announcement: Announcement, version: int, given: Given, actor: Actor, now: datetime) -> Announcement:
    """Keep the figures over the version that was opened; none takes them out. Raises NotNow, ChangedMeanwhile."""
    hold(announcement)
    if announcement.state != rules.DRAFT or announcement.category not in figures.sheet().categories:
        raise rules.NotNow
    if announcement.version != version:
        raise rules.ChangedMeanwhile
    announcement.figures = given.as_json() if given.now or given.before else None
    announcement.version += 1
    wrote(announcement, actor, now)
    db.session.flush()
    log("figures_given", announcement, actor, now, version=announcement.version)
    return announcement

"""A roadshow of the demo market that was held the day before, so that its record can be read.

Takes the way of every roadshow, through the same operations; only the days lie back. Who came was ticked by hand and
entered afterwards.
"""

from datetime import datetime, timedelta

from listing import calendars
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.operations import door, seating
from listing.roadshows.queue import Colleague

from . import profiles, roadshow
from .meetings import guest
from .people import LOADER


def hold(*, organisation_id: int, now: datetime) -> None:
    """Publish it, let two guests come, and answer what was asked, in writing and aloud."""
    source = profiles.read("held.yaml")
    then = now - timedelta(days=source["published_before"])
    day = now.astimezone(calendars.ZONES["HK"]).date() - timedelta(days=1)
    show = roadshow.published(source, day, organisation_id=organisation_id, actor=LOADER, now=then)
    came = guest(source["guests"]["email"], now)
    along = [Colleague(source["guests"]["colleague"], shows.ONSITE)]
    said = {"mode": shows.ONSITE, "sessions": [], "interpretation": True, "needs": ""}
    seating.apply(day=show.days[0], actor=came, now=then, colleagues=along, **said)
    for row in roadshows.confirmed(show.days[0].id):
        door.check_in(row=row, actor=LOADER, now=now)
    roadshow.discuss(show, source, now)

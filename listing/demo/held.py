"""A roadshow of the demo market that was held the day before, so that its record can be read.

Takes the way of every roadshow, through the same operations; only the days lie back. Who came was ticked by hand and
entered afterwards.
"""

from datetime import datetime, timedelta

from listing import calendars
from listing.roadshows import queries as roadshows
from listing.roadshows.operations import door

from . import profiles, roadshow
from .meetings import both_come
from .people import LOADER


def hold(*, organisation_id: int, now: datetime) -> None:
    """Publish it, let two guests come, and answer what was asked, in writing and aloud."""
    source = profiles.read("held.yaml")
    then = now - timedelta(days=source["published_before"])
    day = now.astimezone(calendars.ZONES["HK"]).date() - timedelta(days=1)
    show = roadshow.published(source, day, organisation_id=organisation_id, actor=LOADER, now=then)
    both_come(show.days[0], source["guests"], then, now)
    for row in roadshows.confirmed(show.days[0].id):
        door.check_in(row=row, actor=LOADER, now=now)
    roadshow.discuss(show, source, now)

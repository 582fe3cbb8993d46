"""Pages of roadshows: everybody's, an investor's own, and the organizer's."""

from listing.roadshows.recording import printing
from listing.roadshows.recording import views as recording

from . import (
    agenda,
    calendars,
    door,
    guests,
    live,
    planning,
    public,
    questions,
    registering,
    reminders,
    versions,
    writing,
)
from .blueprint import managing
from .blueprint import public as bp

__all__ = [
    "agenda",
    "bp",
    "calendars",
    "door",
    "guests",
    "live",
    "managing",
    "planning",
    "printing",
    "public",
    "questions",
    "recording",
    "registering",
    "reminders",
    "versions",
    "writing",
]

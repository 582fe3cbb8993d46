"""Pages of roadshows: everybody's, an investor's own, and the organizer's."""

from . import agenda, calendars, door, guests, live, planning, public, questions, registering, reminders
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
    "public",
    "questions",
    "registering",
    "reminders",
]

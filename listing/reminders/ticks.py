"""What the scheduler does, how often: the one list a package adds its due work to.

A tick takes ``now`` and ``stopping`` (asked between two pieces of work), finds in the database what is due, and must be
safe to run twice, late, or in two processes at once.
"""

from collections.abc import Callable
from typing import NamedTuple

from listing.admission.operations import trying
from listing.admission.operations.reminding import remind
from listing.alerts.operations import tell_due
from listing.disclosure.announcements.operations.printing import print_due
from listing.disclosure.announcements.operations.releasing import release_due
from listing.disclosure.obligations.operations import reminding as reminding_of_disclosure
from listing.disclosure.obligations.operations.scoring import score
from listing.notifications import dispatch
from listing.roadshows.operations import reminding, seating
from listing.roadshows.presenting.operations import inviting
from listing.webhooks import dispatch as webhooks

from .tidying import tidy

Stopping = Callable[[], bool]


class Tick(NamedTuple):
    """A piece of regular work; ``seconds`` between two beginnings."""

    name: str
    seconds: int
    work: Callable


TICKS = (
    Tick("admissions", 600, remind),
    Tick("alerts", 60, tell_due),
    Tick("announcements", 5, release_due),
    Tick("announcements on paper", 5, print_due),
    Tick("disclosure", 3600, reminding_of_disclosure.remind),
    Tick("dispatch", 2, dispatch.run),
    Tick("roadshow companies", 300, inviting.remind_due),
    Tick("roadshow places", 30, seating.tend_due),
    Tick("roadshow reminders", 30, reminding.tell_due),
    Tick("rule trials", 5, trying.tend),
    Tick("scores", 3600, score),
    Tick("webhooks", 2, webhooks.run),
    Tick("tidy", 3600, tidy),
)

"""Taking the history of a case away: the line that is left of it."""

from datetime import datetime

from listing.access.actor import Actor
from listing.admission.history.rules import EXPORTED
from listing.admission.vetting import Case

from .applying import log


def export(*, case: Case, shape: str, actor: Actor, now: datetime) -> None:
    """Note who takes the history, and as what kind of file."""
    log(EXPORTED, case.application, {"as": shape, "number": case.submission.number}, actor, now)

"""How far an admitted investor gets with one issuer: its profile, or also the room of its round.

Pure. Which books have to be passed is decided in ``books``; what the pages of either show, where they are.
"""

from collections.abc import Iterable

from listing.rulebook.decision import Decision
from listing.rulebook.logic import MET

TEASER, PROFILE, ROUND = "teaser", "profile", "round"
MAINLAND = "CN"


def opened(decisions: Iterable[Iterable[Decision]], *, residence: str, issuer: str, route_ready: bool) -> str:
    """How far an investor gets: of each group of decisions one has to be met.

    Money from outside reaches a mainland issuer by a route alone, and a route is ready when its checks, that of the
    negative list among them, have a result (regulation: FIL Regulations Arts. 33–34).
    """
    if not all(any(decision.outcome == MET for decision in group) for group in decisions):
        return TEASER
    crossing = issuer.partition("-")[0] == MAINLAND and residence != MAINLAND
    return PROFILE if crossing and not route_ready else ROUND

"""Where a recording may lie, who says what they thought of a company, and what others learn of it.

Pure. A company and everybody else learn numbers; who said what, only the organizer reads.
"""

from collections import Counter
from collections.abc import Collection
from importlib import resources
from typing import NamedTuple
from urllib.parse import urlsplit

from listing.refusal import N_, Refusal
from listing.roadshows import rules as shows

SCORES = (1, 2, 3, 4, 5)
FEW = 3  # below so many answers a company is told only how many there are
REMARK_LONGEST = 500
_LIST = resources.files(__package__).joinpath("replay_hosts.txt").read_text(encoding="utf-8")
HOSTS = tuple(line for line in _LIST.splitlines() if line and not line.startswith("#"))


def may_lie(address: str) -> bool:
    """Whether a recording may lie at an address: https, at a host of the list or below one, without name or port."""
    try:
        url = urlsplit(address)
        plain = url.scheme == "https" and url.netloc == (url.hostname or "")
    except ValueError:
        return False
    return plain and any(url.hostname == host or url.hostname.endswith(f".{host}") for host in HOSTS)


def took_part(state: str, mode: str, came: bool) -> bool:
    """Whether somebody took part in a day: came, or had a place online, where nobody is checked in."""
    return state == shows.CONFIRMED and (came or mode == shows.ONLINE)


class Said(NamedTuple):
    """What was said of a company, in numbers."""

    answers: int
    scores: Counter[int]
    follow_up: int


def counted(rows: Collection[tuple[int, bool]]) -> Said:
    """The numbers of these answers, each a score and whether somebody wishes to follow up."""
    return Said(len(rows), Counter(score for score, _wish in rows), sum(wish for _score, wish in rows))


class Steps(NamedTuple):
    """How far people came with a company: invited (None: everybody could come), with a place on its day, and so on."""

    invited: int | None
    placed: int
    planned: int
    came: int
    met: int
    watching: int


# Refusals.


class ElsewhereKept(Refusal):
    message = N_("A recording lies at one of the services listed below, and its address begins with https://.")


class WasAway(Refusal):
    message = N_("Those who took part on this day say what they thought.")


class SessionRated(shows.SessionAsked):
    message = N_("Those who took part have said what they thought of this session; it stays.")

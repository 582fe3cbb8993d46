"""In which order those who wait get places: each alone, colleagues who registered together all at once or not at all.

Pure. Those who wait stand by rank and within a rank by turn (waiting.ORDER). The rank is that of the class under which
the institution was admitted when it registered, so that a new admission overtakes nobody; without an order of classes
all have one.
Whoever lacks places of one way of taking part shuts that way for everybody after them; a way of which they lack nothing
stays open, so that colleagues on site and online at once do not hold up those who only want to listen.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple, Protocol

from listing.refusal import N_, Refusal

from .rules import NotNow

MOST_COLLEAGUES = 9  # that an organizer may let one person register along
USUAL_COLLEAGUES = 4
TOGETHER_UNTIL = timedelta(hours=24)  # before the day; then each of those who wait is offered a place alone
MOST_LETTERS, LETTERS_WITHIN, LETTER_LONGEST = 3, timedelta(hours=24), 2_000  # of an organizer to those who wait
FIRST = -1  # the rank of those put first by hand, whatever their class


def rank(investor_class: str, priority: Sequence[str]) -> int:
    """Where a class stands in an order of classes; those it does not name stand last, together."""
    return priority.index(investor_class) if investor_class in priority else len(priority)


class Waiting(Protocol):
    """A registration as far as it waits."""

    id: int
    mode: str
    party: int | None


class Colleague(NamedTuple):
    """Somebody to be registered along."""

    email: str
    mode: str
    sessions: Sequence[int] = ()
    interpretation: bool = False


class Unit(NamedTuple):
    """Those who get places together."""

    rows: tuple[Waiting, ...]

    @property
    def need(self) -> Mapping[str, int]:
        """How many places of each way they need."""
        return Counter(row.mode for row in self.rows)


def units(rows: Iterable[Waiting], *, together: bool) -> list[Unit]:
    """Those who wait, given in the order of their turns, as they get places; ``together`` says whether groups count."""
    found: dict[tuple[bool, int], list[Waiting]] = {}
    for row in rows:
        group = together and row.party is not None
        found.setdefault((group, row.party if group else row.id), []).append(row)
    return [Unit(tuple(kept)) for kept in found.values()]


def served(waiting: Iterable[Unit], free: Mapping[str, int]) -> tuple[list[Unit], set[str]]:
    """Who gets places of those that are ``free`` of each way, and the ways that are shut for whoever comes later."""
    left, shut, found = Counter(free), set(), []
    for unit in waiting:
        short = {mode for mode, number in unit.need.items() if left[mode] < number}
        if not short and shut.isdisjoint(unit.need):
            left.subtract(unit.need)
            found.append(unit)
        shut |= short
    return found, shut


def shut_for_all(waiting: Iterable[Unit]) -> set[str]:
    """The ways that are shut while nothing is offered: those for which anybody waits."""
    return {mode for unit in waiting for mode in unit.need}


def check_along(colleagues: Collection[Colleague], *, own: str, most: int) -> None:
    """Refuse more colleagues than may come along, and one who is named twice. Raises TooManyColleagues, NamedTwice."""
    if len(colleagues) > most:
        raise TooManyColleagues(most=most)
    for email, times in Counter([own, *(colleague.email for colleague in colleagues)]).items():
        if times > 1:
            raise NamedTwice(email=email)


class NobodyToTell(Refusal):
    message = N_("Nobody waits who was not sent this text already.")


class TooManyLetters(Refusal):
    message = N_("%(most)s letters went to the waiting lists of this roadshow within a day. Wait before you send more.")


class OrderStands(NotNow):
    message = N_("People wait for a place, or for your answer, in the order that was stated to them; it stays.")


class TooManyColleagues(Refusal):
    message = N_("At most %(most)s colleagues can be registered along.")


class NamedTwice(Refusal):
    message = N_("%(email)s stands in this form twice, or is your own address.")


class NoColleague(Refusal):
    message = N_("Nobody of your institution signs in with %(email)s. Nobody of the group was registered.")


class ColleagueIn(Refusal):
    message = N_("%(email)s is registered for this day already. Nobody of the group was registered.")


class ColleagueDeclined(Refusal):
    message = N_("The organiser declined %(email)s for this day. Nobody of the group was registered.")


class ColleagueNotInvited(Refusal):
    message = N_("%(email)s is not among those invited. Nobody of the group was registered.")

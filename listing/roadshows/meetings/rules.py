"""The slots of one-to-ones, what wishes are worth, who may meet whom, and the words for a wish that was not met.

Pure. What is the best timetable, listing/matching decides; this module writes the problem down and seats the answer.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from listing.refusal import N_, Refusal
from listing.roadshows import rules as shows

DRAFT, PUBLISHED, UNDONE = STATES = ("draft", "published", "undone")
INVESTOR, COMPANY = SIDES = ("investor", "company")
MOST_SLOTS, MOST_ROOMS, ROOM_LONGEST = 40, 40, 40
MOST_WISHES = 10  # of one party; the first is worth ten points, the tenth one
SECONDS = 4.0  # that a page waits for a timetable
EXPLAINED = 2.0  # seconds more, in which it is worked out what wishes not met would cost
NO_ANSWER, CANCELLED = "no_answer", "cancelled"
GONE = "gone"  # a locked meeting one of whose parties takes part no more

# The reasons of listing/matching/reasons.py, and two of ours, as the organizer reads them.
REASONS = {
    "forbidden": N_("One of the two does not want this meeting, or the company is not suitable for the investor."),
    CANCELLED: N_("The meeting was cancelled."),
    NO_ANSWER: N_("The company has not said when it can meet."),
    "no_common_slot": N_("There is no slot in which both can meet."),
    "investor_full": N_("The investor has as many meetings as an investor may have."),
    "company_full": N_("The company has as many meetings as a company may have."),
    "no_free_common_slot": N_("Whenever both could meet, one of them has another meeting, or the pause around one."),
    "no_room": N_("Whenever both are free, every room is taken."),
    "no_interpreter": N_("Whenever both are free, every interpreter is taken."),
    "outweighed": N_("Nothing stood in its way, but no better timetable was found in the time given."),
}
# What locked meetings ask for that cannot be: the codes of listing/matching/reasons.py, and one of ours.
CLASHES = {
    GONE: N_("One of the two takes part no more:"),
    "forbidden": N_("One of the two does not want this meeting, or the company is not suitable for the investor:"),
    "no_common_slot": N_("One of the two can no longer meet in this slot:"),
    "twice": N_("The same two are locked more than once:"),
    "party_full": N_("These meetings have one party in common, which may have %(most)s at most:"),
    "too_close": N_("These two have one party in common and lie too close together:"),
    "rooms": N_("There are too few rooms in this slot (%(most)s) for these meetings:"),
    "interpreters": N_("There are too few interpreters in this slot (%(most)s) for these meetings:"),
}
# As one of the two reads them, who is not told what the other wrote.
TOLD = REASONS | {"forbidden": N_("This meeting was not possible between the two of you.")}


class Slots(NamedTuple):
    """When meetings take place on a day that begins at ``day``; lengths in minutes."""

    day: datetime
    after: int
    minutes: int
    pause: int
    count: int

    def times(self) -> list[tuple[datetime, datetime]]:
        """Beginning and end of each slot."""
        length = timedelta(minutes=self.minutes)
        first, step = self.day + timedelta(minutes=self.after), length + timedelta(minutes=self.pause)
        return [(first + step * number, first + step * number + length) for number in range(self.count)]

    def beside(self, taken: Iterable[tuple[datetime, datetime]]) -> list[int]:
        """The slots that overlap none of these times."""
        times = list(taken)
        return [n for n, (begins, ends) in enumerate(self.times()) if all(ends <= b or begins >= e for b, e in times)]


class Side(NamedTuple):
    """One party as the problem knows it: whom it wishes to meet, the first wish first, and whom it does not."""

    id: int
    available: Collection[int]
    wishes: Sequence[int] = ()
    refused: Collection[int] = ()
    interpretation: bool = False

    def points(self, other: int) -> int:
        """What a meeting with the other is worth to this party."""
        return MOST_WISHES - self.wishes.index(other) if other in self.wishes else 0


class Limits(NamedTuple):
    """What the organizer has to give."""

    slots: int
    rooms: int
    interpreters: int
    investor_most: int
    company_most: int
    min_gap: int


def problem(
    limits: Limits,
    investors: Sequence[Side],
    companies: Sequence[Side],
    locked: Iterable = (),
    cancelled: Collection[tuple[int, int]] = (),
) -> dict:
    """The problem as listing/matching reads it. A meeting is worth what both sides give it; either may refuse it."""
    pairs = [(i, c, i.points(c.id) + c.points(i.id)) for i in investors for c in companies]
    wished = [(i, c, weight) for i, c, weight in pairs if weight]
    needs = [[investor(i.id), company(c.id)] for i, c, _w in wished if i.interpretation or c.interpretation]
    return {
        "slots": [str(number) for number in range(limits.slots)],
        "rooms": limits.rooms,
        "investors": [_party(investor(i.id), i, limits.investor_most) for i in investors],
        "companies": [_party(company(c.id), c, limits.company_most) for c in companies],
        "requests": [{"investor": investor(i.id), "company": company(c.id), "weight": w} for i, c, w in wished],
        "forbidden": [
            [investor(i.id), company(c.id)]
            for i, c, _w in wished
            if c.id in i.refused or i.id in c.refused or (i.id, c.id) in cancelled
        ],
        "locked": [[investor(i), company(c), str(slot)] for i, c, slot in locked],
        "min_gap": min(limits.min_gap, limits.slots),
        **({"interpreters": {"count": limits.interpreters, "needs": needs}} if needs else {}),
    }


def investor(number: int) -> str:
    """The name of a registration in the problem."""
    return f"i{number}"


def company(number: int) -> str:
    """The name of a company in the problem."""
    return f"c{number}"


def _party(name: str, side: Side, most: int) -> dict:
    return {"id": name, "available": [str(slot) for slot in sorted(side.available)], "max": most}


def number(name: str) -> int:
    """The number of a party by its name in the problem."""
    return int(name[1:])


def digest(data: Mapping) -> str:
    """What tells whether wishes, times and limits are those a timetable was made from; locks are no part of it."""
    plain = {key: value for key, value in data.items() if key != "locked"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def seated(
    meetings: Collection[tuple[int, int, int]],
    rooms: int,
    before: Mapping[tuple[int, int, int], int] = MappingProxyType({}),
) -> dict[tuple[int, int], int]:
    """A room for each meeting (investor, company, slot), by investor and company: a company keeps its own if it can.

    Those of ``before`` stay where they are.
    """
    stay, used = [each for each in meetings if each in before], {}
    found = {each[:2]: before[each] for each in stay}
    own = {each[1]: before[each] for each in stay}
    for each in stay:
        used.setdefault(each[2], set()).add(before[each])
    for investor, company, slot in sorted(set(meetings) - set(stay), key=lambda m: (m[2], m[1])):
        taken = used.setdefault(slot, set())
        free = [room for room in range(rooms) if room not in taken]
        fresh = [room for room in free if room not in own.values()]
        room = own[company] if own.get(company) in free else (fresh or free)[0]
        own.setdefault(company, room)
        taken.add(room)
        found[investor, company] = room
    return found


# Refusals.


class WishesClosed(Refusal):
    message = N_("The time for wishes is over.")


class SameRank(Refusal):
    message = N_("Give each place once: place %(rank)s stands twice.")


class NoPlace(Refusal):
    message = N_("One-to-ones are for those with a confirmed place on this day whose institution is admitted.")


class CompanyAway(Refusal):
    message = N_("This company is not on the agenda of the day, or not on display in both languages.")


class ClosesLate(Refusal):
    message = N_("The time for wishes has to end before the first meeting begins.")


class SlotsInUse(Refusal):
    message = N_("Parties have said in which slots they can meet; the time, the length and the number of slots stay.")


class MeetingsOpen(shows.DayInUse):
    message = N_("One-to-ones are open on this day; it stays.")


class StillOpen(Refusal):
    message = N_("Wishes may still change. Publish once their time is over, or let it end earlier.")


class InputChanged(Refusal):
    message = N_("Wishes or limits have changed since this timetable was worked out. Work it out again.")


class LocksClash(Refusal):
    message = N_("The locked meetings cannot all stand as wishes and limits are now. The page names which.")


class Published(Refusal):
    message = N_("The timetable is published; this does not change any more.")


class NoRepair(Refusal):
    message = N_("No repair was found in the time given.")

"""Local times of a day, and the sessions that get in each other's way.

Pure. What the clocks of a place show is decided in ``localtime``, whose words this room's others find here.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import NamedTuple

from listing.bilingual.pair import Pair
from listing.localtime import Repeated, Skipped, clock, hours, instant, local  # noqa: F401
from listing.refusal import N_, Refusal

SHORTEST_BREAK = timedelta(minutes=5)


class Reversed(Refusal):
    message = N_("The end has to lie after the beginning.")


class OutsideDay(Refusal):
    message = N_("The session has to lie within the day, from %(begins)s to %(ends)s.")


class RoomTaken(Refusal):
    message = N_("Another session stands in this room from %(begins)s to %(ends)s.")


class CompanyTaken(Refusal):
    message = N_("The company presents in another room from %(begins)s to %(ends)s.")


class SpeakerTaken(Refusal):
    message = N_("%(name)s speaks in another session from %(begins)s to %(ends)s.")


class ChoiceClash(Refusal):
    message = N_(
        "Two of the sessions you chose overlap: one begins at %(first)s, one at %(second)s. Choose one of them."
    )


class Slot(NamedTuple):
    """One session as far as it can get in another's way; ``id`` is None for one not yet kept."""

    id: int | None
    room: Pair
    begins_at: datetime
    ends_at: datetime
    company_id: int | None
    speakers: tuple[Pair, ...] = ()


def slot(session, company_id: int | None) -> Slot:
    """A session (models.Session) as it is compared, with this company."""
    speakers = tuple(speaker.name for speaker in session.speakers)
    return Slot(session.id, session.room, session.begins_at, session.ends_at, company_id, speakers)


def check(new: Slot, others: Iterable[Slot], *, begins: datetime, ends: datetime, zone: str) -> None:
    """Refuse a session that cannot stand where it is put. Raises OutsideDay, RoomTaken, CompanyTaken, SpeakerTaken."""
    if new.begins_at < begins or new.ends_at > ends:
        raise OutsideDay(**times(begins, ends, zone))
    beside = [other for other in others if other.id != new.id and _overlap(new, other)]
    for other in beside:
        if _same_room(new, other):
            raise RoomTaken(**times(other.begins_at, other.ends_at, zone))
    check_people(new, beside, zone)


def check_people(new: Slot, others: Iterable[Slot], zone: str) -> None:
    """Refuse a company or a speaker in two rooms at once. Raises CompanyTaken, SpeakerTaken."""
    for other in (each for each in others if each.id != new.id and _overlap(new, each)):
        said = times(other.begins_at, other.ends_at, zone)
        if new.company_id and new.company_id == other.company_id:
            raise CompanyTaken(**said)
        if both := _speaking_in_both(new, other):
            raise SpeakerTaken(name=f"{both.zh} / {both.en}", **said)


def _speaking_in_both(first: Slot, second: Slot) -> Pair | None:
    """The first person of one slot who has the same two names as somebody of the other."""
    there = {_called(name) for name in second.speakers}
    return next((name for name in first.speakers if _called(name) in there), None)


def _called(name: Pair) -> tuple[str, str]:
    return name.zh.strip(), name.en.strip().casefold()


def check_choice(chosen: Iterable[Slot], zone: str) -> None:
    """Refuse sessions that nobody can attend both. Raises ChoiceClash."""
    for first, second in combinations(sorted(chosen, key=lambda slot: slot.begins_at), 2):
        if _overlap(first, second):
            raise ChoiceClash(first=clock(first.begins_at, zone), second=clock(second.begins_at, zone))


def colliding(slots: Iterable[Slot], *, begins: datetime, ends: datetime) -> set[int]:
    """The sessions that overlap in one room, for one company or one speaker, or lie outside the day, by id."""
    kept = list(slots)
    found = {s.id for s in kept if s.begins_at < begins or s.ends_at > ends}
    for first, second in combinations(kept, 2):
        twice = (first.company_id and first.company_id == second.company_id) or _speaking_in_both(first, second)
        if _overlap(first, second) and (twice or _same_room(first, second)):
            found |= {first.id, second.id}
    return found


def short_breaks(slots: Iterable[Slot]) -> Iterator[int]:
    """The sessions that begin less than five minutes after the one before in the same room ends."""
    rooms: dict[tuple[str, str], list[Slot]] = {}
    for slot in sorted(slots, key=lambda s: s.begins_at):
        rooms.setdefault(_room(slot), []).append(slot)
    for kept in rooms.values():
        for first, second in pairwise(kept):
            if second.begins_at - first.ends_at < SHORTEST_BREAK:
                yield second.id


def swapped(first: Slot, second: Slot) -> tuple[Slot, Slot]:
    """Two neighbours in the other order: same beginning, same end, same break between them."""
    gap = second.begins_at - first.ends_at
    length = second.ends_at - second.begins_at
    earlier = second._replace(begins_at=first.begins_at, ends_at=first.begins_at + length)
    return earlier, first._replace(begins_at=earlier.ends_at + gap, ends_at=second.ends_at)


def neighbour(slot: Slot, slots: Iterable[Slot], *, earlier: bool) -> Slot | None:
    """The session before (or after) one in the same room."""
    row = sorted((s for s in slots if _same_room(s, slot)), key=lambda s: s.begins_at)
    place = [s.id for s in row].index(slot.id) + (-1 if earlier else 1)
    return row[place] if 0 <= place < len(row) else None


def _overlap(first: Slot, second: Slot) -> bool:
    return first.begins_at < second.ends_at and second.begins_at < first.ends_at


def _room(slot: Slot) -> tuple[str, str]:
    return slot.room.zh.strip(), slot.room.en.strip().casefold()


def _same_room(first: Slot, second: Slot) -> bool:
    return _room(first) == _room(second)


def times(begins: datetime, ends: datetime, zone: str) -> dict[str, str]:
    """From when until when, for a refusal that says both in one sentence."""
    return {"begins": f"{local(begins, zone):%H:%M}", "ends": clock(ends, zone)}

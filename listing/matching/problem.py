"""A problem of one-to-one meetings, read from plain JSON; what is wrong is said with its place.

Weights are whole numbers. Slots are named and stand in the order given; ``min_gap`` is how many of them must lie
between two meetings of one party.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from listing.refusal import N_, Refusal

MOST = 1_000_000  # of a weight
_LISTS = ("slots", "investors", "companies", "requests", "forbidden", "locked")
KEYS = frozenset((*_LISTS, "rooms", "interpreters", "min_gap"))


class BadProblem(Refusal):
    message = N_("The problem cannot be read at %(place)s: %(why)s")

    def __init__(self, place: str, why: str):
        super().__init__(place=place, why=why)


@dataclass(frozen=True, slots=True)
class Party:
    """An investor or a company: the places of the slots in which it can meet, and how often at most."""

    id: str
    slots: frozenset[int]
    most: int


@dataclass(frozen=True, slots=True)
class Request:
    """A wish that two parties meet, and what it is worth."""

    investor: str
    company: str
    weight: int

    @property
    def pair(self) -> tuple[str, str]:
        return self.investor, self.company


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two parties in one slot, named by its place."""

    investor: str
    company: str
    slot: int

    @property
    def pair(self) -> tuple[str, str]:
        return self.investor, self.company


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a timetable has to keep to."""

    slots: tuple[str, ...]
    rooms: int
    investors: Mapping[str, Party]
    companies: Mapping[str, Party]
    requests: tuple[Request, ...]
    forbidden: frozenset[tuple[str, str]] = frozenset()
    locked: tuple[Meeting, ...] = ()
    interpreters: int | None = None
    interpreted: frozenset[tuple[str, str]] = frozenset()
    min_gap: int = 0

    def open_slots(self, pair: tuple[str, str]) -> frozenset[int]:
        """The slots in which both parties can meet."""
        return self.investors[pair[0]].slots & self.companies[pair[1]].slots

    @property
    def weights(self) -> dict[tuple[str, str], int]:
        """What each pair that may meet is worth."""
        worth = {(each.investor, each.company): each.weight for each in self.requests}
        return {pair: weight for pair, weight in worth.items() if pair not in self.forbidden}

    @property
    def is_plain(self) -> bool:
        """Whether every slot suits everybody and nothing but rooms and numbers limits them."""
        whole = frozenset(range(len(self.slots)))
        free = all(party.slots == whole for side in (self.investors, self.companies) for party in side.values())
        return free and not self.locked and self.interpreters is None and not self.min_gap


@dataclass(slots=True)
class _Reading:
    """Reads one value after another and knows where it is."""

    data: Mapping
    slots: dict[str, int] = field(default_factory=dict)

    def whole(self, value: object, place: str, least: int = 0, most: int = MOST) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadProblem(place, f"a whole number from {least} to {most}")
        return value

    def rows(self, key: str) -> Sequence:
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise BadProblem(key, "a list")
        return value

    def known(self, row: Mapping, keys: frozenset[str], place: str) -> None:
        """Refuse a key that is none: a slip in its name would let a constraint go."""
        for key in row.keys() - keys:
            raise BadProblem(place, f"no key {key}")

    def name(self, value: object, place: str) -> str:
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            raise BadProblem(place, "a name")
        return str(value)

    def slot(self, value: object, place: str) -> int:
        name = self.name(value, place)
        if name not in self.slots:
            raise BadProblem(place, f"no slot {name}")
        return self.slots[name]

    def parties(self, key: str) -> dict[str, Party]:
        found: dict[str, Party] = {}
        for number, row in enumerate(self.rows(key)):
            place = f"{key}[{number}]"
            if not isinstance(row, Mapping):
                raise BadProblem(place, "an object")
            self.known(row, frozenset({"id", "available", "max"}), place)
            name = self.name(row.get("id"), f"{place}.id")
            if name in found:
                raise BadProblem(f"{place}.id", f"{name} twice")
            open_ = row.get("available", list(self.slots))
            if not isinstance(open_, list):
                raise BadProblem(f"{place}.available", "a list")
            slots = frozenset(self.slot(each, f"{place}.available") for each in open_)
            most = self.whole(row.get("max", len(self.slots)), f"{place}.max")
            found[name] = Party(name, slots, most)
        return found


def read(data: object) -> Problem:
    """The problem of plain JSON. Raises BadProblem."""
    if not isinstance(data, Mapping):
        raise BadProblem("the file", "an object")
    reading = _Reading(data)
    reading.known(data, KEYS, "the file")
    for number, value in enumerate(reading.rows("slots")):
        name = reading.name(value, f"slots[{number}]")
        if name in reading.slots:
            raise BadProblem(f"slots[{number}]", f"{name} twice")
        reading.slots[name] = number
    sides = {"investor": reading.parties("investors"), "company": reading.parties("companies")}
    requests = tuple(_request(reading, sides, number, row) for number, row in enumerate(reading.rows("requests")))
    if len({each.pair for each in requests}) != len(requests):
        raise BadProblem("requests", "one pair twice")
    helpers = _helpers(reading, data.get("interpreters", {}))
    return Problem(
        slots=tuple(reading.slots),
        rooms=reading.whole(data.get("rooms"), "rooms"),
        investors=sides["investor"],
        companies=sides["company"],
        requests=requests,
        forbidden=frozenset(
            _pair(reading, sides, row, f"forbidden[{n}]") for n, row in enumerate(reading.rows("forbidden"))
        ),
        locked=tuple(_locked(reading, sides, row, f"locked[{n}]") for n, row in enumerate(reading.rows("locked"))),
        interpreters=reading.whole(helpers["count"], "interpreters.count") if "count" in helpers else None,
        interpreted=frozenset(
            _pair(reading, sides, row, f"interpreters.needs[{n}]") for n, row in enumerate(helpers.get("needs", []))
        ),
        min_gap=reading.whole(data.get("min_gap", 0), "min_gap", most=len(reading.slots)),
    )


def _helpers(reading: _Reading, found: object) -> Mapping:
    if not isinstance(found, Mapping) or not isinstance(found.get("needs", []), list):
        raise BadProblem("interpreters", "count and needs")
    reading.known(found, frozenset({"count", "needs"}), "interpreters")
    return found


def _request(reading: _Reading, sides: Mapping, number: int, row: object) -> Request:
    place = f"requests[{number}]"
    if not isinstance(row, Mapping):
        raise BadProblem(place, "an object")
    reading.known(row, frozenset({"investor", "company", "weight"}), place)
    pair = _pair(reading, sides, [row.get("investor"), row.get("company")], place)
    return Request(*pair, reading.whole(row.get("weight"), f"{place}.weight"))


def _pair(reading: _Reading, sides: Mapping, row: object, place: str) -> tuple[str, str]:
    if not isinstance(row, list) or len(row) != 2:
        raise BadProblem(place, "an investor and a company")
    found = []
    for (kind, known), value in zip(sides.items(), row, strict=True):
        name = reading.name(value, place)
        if name not in known:
            raise BadProblem(place, f"no {kind} {name}")
        found.append(name)
    return found[0], found[1]


def _locked(reading: _Reading, sides: Mapping, row: object, place: str) -> Meeting:
    if not isinstance(row, list) or len(row) != 3:
        raise BadProblem(place, "an investor, a company and a slot")
    return Meeting(*_pair(reading, sides, row[:2], place), reading.slot(row[2], place))

"""The facts of a case: what somebody states, the papers that prove it, the rates of the day.

Everything that a decision rests on beside the book is here. How it is written to the journal and read again is decided
in ``plain``, what it comes to in ``engine``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from listing.money import Money

from .vocabulary import OWN


@dataclass(frozen=True, slots=True)
class Part:
    """An amount as it was stated: of which kind, among how many holders, and the agreed share in per cent if any."""

    amount: Money
    kind: str = OWN
    holders: int = 1
    share: Decimal | None = None


Fact = tuple[Part, ...] | Decimal | tuple[str, ...] | bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper: its id, its kind, the day it speaks of, and the day from which it says of itself that it is over."""

    id: str
    kind: str
    dated: date | None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class StatedRate:
    """One ``base`` cost ``value`` of ``quote`` on ``day``, said ``source``; kept under ``id``."""

    id: str
    base: str
    quote: str
    value: Decimal
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stated of one investor: the kind of party, facts by metric and period, and who is excluded or not."""

    party: str
    stated: Mapping[tuple[str, str], Fact] = field(default_factory=dict)
    exclusions: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """All that a decision rests on beside the book; ``thresholds`` are figures the operator set where a book has none.

    ``evidence`` is None where nobody has been asked for any yet, as in the self-check.
    """

    facts: Facts
    on: date
    evidence: tuple[Evidence, ...] | None = ()
    rates: tuple[StatedRate, ...] = ()
    thresholds: Mapping[str, Money] = field(default_factory=dict)


def share(part: Part) -> Fraction:
    """The part of a joint amount that counts for its holder: as agreed in writing, else equal among two or more."""
    return Fraction(1, max(part.holders, 2)) if part.share is None else Fraction(part.share) / 100

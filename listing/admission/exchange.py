"""The rates that a decision may use: those of its day between the currencies of a case and those of the books.

Only looks them up. How an amount is converted is decided in ``listing.rulebook.engine``.
"""

from collections.abc import Iterable
from datetime import date

from listing.money import Money
from listing.rates import queries, rules
from listing.rulebook.book import Book
from listing.rulebook.case import Facts, Part, StatedRate


def rates_for(facts: Facts, books: Iterable[Book], on: date) -> tuple[StatedRate, ...]:
    """The rate of a day of each pair that is needed; none where none is recent enough. At most one statement."""
    pairs = sorted(_stated(facts), key=str), sorted(_asked(books))
    needed = [(base, quote) for base in pairs[0] for quote in pairs[1] if base != quote]
    if not needed:
        return ()
    legs = queries.Rates(on).legs
    found = (_rate(legs, base, quote, on) for base, quote in needed)
    return tuple(rate for rate in found if rate)


def _stated(facts: Facts) -> set[str]:
    parts = [part for fact in facts.stated.values() if isinstance(fact, tuple) for part in fact]
    return {part.amount.currency for part in parts if isinstance(part, Part)}


def _asked(books: Iterable[Book]) -> set[str]:
    return {rule.least.currency for book in books for rule in book.rules() if isinstance(rule.least, Money)}


def _rate(legs: list[rules.Leg], base: str, quote: str, on: date) -> StatedRate | None:
    try:
        found = rules.quoted(legs, base, quote, on)
    except rules.NoRate:
        return None
    key = "+".join(f"{leg.rate.base}/{leg.rate.quote}:{leg.day}:{leg.kind}" for leg in found.legs)
    rate = found.rate
    return StatedRate(key, rate.base, rate.quote, found.value, found.day, rate.source)

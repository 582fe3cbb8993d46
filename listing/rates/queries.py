"""Looking rates up: the one that holds on a day, an amount converted by it, the latest of each pair."""

from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select

from listing import calendars
from listing.money import Money
from listing.store.db import db

from . import rules
from .models import StatedRate

MARKET_ZONE = calendars.ZONES["HK"]


def today(now: datetime) -> date:
    """The day of an instant in the bay area."""
    return now.astimezone(MARKET_ZONE).date()


def rate(base: str, quote: str, *, on: date) -> rules.Quoted:
    """The rate between two currencies on a day, its age and its chain. One statement. Raises NoRate."""
    return rules.quoted(_legs(on), base, quote, on)


def converted(amount: Money, currency: str, *, on: date) -> rules.Conversion | None:
    """The amount in another currency by the rate of a day, or None where no rate is recent enough or none is needed."""
    if amount.currency == currency:
        return None
    return Rates(on).beside(amount, currency)


class Rates:
    """The rates of one day, loaded once for a page that converts several amounts."""

    def __init__(self, on: date):
        self.on, self.legs = on, _legs(on)

    def converted(self, amount: Money, currency: str) -> rules.Conversion:
        """The amount in another currency. Raises NoRate."""
        return rules.conversion(amount, rules.quoted(self.legs, amount.currency, currency, self.on))

    def beside(self, amount: Money, currency: str) -> rules.Conversion | None:
        """The same, or None where no rate is recent enough or the currency is the amount's own."""
        if amount.currency == currency:
            return None
        try:
            return self.converted(amount, currency)
        except rules.NoRate:
            return None


def _legs(on: date) -> list[rules.Leg]:
    """Every rate that may be used on a day."""
    recent = [
        (StatedRate.kind == kind) & (StatedRate.day <= on) & (StatedRate.day >= on - oldest)
        for kind, oldest in rules.OLDEST.items()
    ]
    return [row.leg for row in _last_numbers(db.session.scalars(_in_order().where(or_(*recent))))]


def _in_order() -> Select:
    return select(StatedRate).order_by(StatedRate.day, StatedRate.kind, StatedRate.quote, StatedRate.number)


def _last_numbers(rows) -> list[StatedRate]:
    """Of rows for the same pair and day, the one that counts."""
    return list({(row.base, row.quote, row.day, row.kind): row for row in rows}.values())


def latest(*, on: date) -> list[StatedRate]:
    """The latest rate of each pair and kind that is not after a day, however old."""
    newest = (
        select(StatedRate.base, StatedRate.quote, StatedRate.kind, func.max(StatedRate.day).label("day"))
        .where(StatedRate.day <= on)
        .group_by(StatedRate.base, StatedRate.quote, StatedRate.kind)
        .subquery()
    )
    same = and_(*(getattr(StatedRate, name) == newest.c[name] for name in ("base", "quote", "kind", "day")))
    found = db.session.scalars(_in_order().join(newest, same))
    return sorted(_last_numbers(found), key=lambda row: (row.kind != rules.REFERENCE, row.base, row.quote))

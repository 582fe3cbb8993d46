"""The exchange rates of the demo market, entered like those of an operator: each with its source and its day.

Rounded samples that say so; nobody should reckon with them. They count from the day on which the market is loaded.
"""

from datetime import datetime
from decimal import Decimal

from listing.rates import operations, queries

from .people import LOADER

SOURCE = "Demo market: rounded sample rate 示例汇率"
RATES = (
    ("HKD", "MOP", "1.03"),
    ("USD", "HKD", "7.8"),
    ("CNY", "HKD", "1.09"),
    ("EUR", "HKD", "9.05"),
    ("GBP", "HKD", "10.4"),
    ("SGD", "HKD", "6.05"),
)


def state(*, now: datetime) -> None:
    """Enter each rate for the day of ``now``."""
    for base, quote, value in RATES:
        operations.enter(
            base=base,
            quote=quote,
            value=Decimal(value),
            day=queries.today(now),
            source=SOURCE,
            actor=LOADER,
            now=now,
        )

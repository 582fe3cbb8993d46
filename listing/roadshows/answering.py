"""How well questions are answered: how many, and how fast. Pure.

Everything asked counts, so that putting a question aside makes no rate better.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple


class Asked(NamedTuple):
    """A question as far as it counts: when it was asked and answered, and whether it was put aside."""

    asked_at: datetime
    answered_at: datetime | None
    aside: bool


class Answering(NamedTuple):
    """How questions were answered; ``median`` is the time that half of the answers took at most."""

    asked: int
    answered: int
    aside: int
    median: timedelta | None

    @property
    def percent(self) -> int:
        """Of all asked, those put aside included, in whole percent, rounded down."""
        return self.answered * 100 // self.asked


def of(questions: Collection[Asked]) -> Answering:
    """How these questions were answered."""
    took = [q.answered_at - q.asked_at for q in questions if q.answered_at]
    return Answering(len(questions), len(took), sum(q.aside for q in questions), median(took) if took else None)

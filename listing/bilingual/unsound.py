"""What holds a text of two languages back: a side in the other language, and figures that certainly contradict.

Pure. Whether a text needs both sides, and what only seems to differ, is decided by whoever keeps it.
"""

from listing.refusal import Refusal

from . import agreement, misplaced
from .agreement.finding import CERTAIN
from .pair import Pair


class Unsound(Refusal):
    """What is wrong with one side of a text, beside the field of that side."""

    def __init__(self, place: str, message: str, **params: object):
        self.place, self.message = place, message
        super().__init__(**params)


def check(name: str, pair: Pair) -> None:
    """Raise Unsound for the first thing that holds back the text in the fields ``name``_zh and ``name``_en."""
    for side in pair.misplaced:
        raise Unsound(f"{name}_{side}", misplaced.BY_SIDE[side].message)
    for finding in agreement.check(pair.zh, pair.en) if pair.complete else ():
        if finding.severity == CERTAIN:
            raise Unsound(f"{name}_zh", finding.message, **finding.parameters)

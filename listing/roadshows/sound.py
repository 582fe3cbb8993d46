"""Whether a text to be published says the same in both languages, each side in its own.

Pure. A side in the other language and figures that certainly contradict each other hold a text back; what only seems
to differ is told to whoever publishes and holds nothing back.
"""

from listing.bilingual import agreement, misplaced
from listing.bilingual.agreement import Finding
from listing.bilingual.agreement.finding import CERTAIN, LIKELY
from listing.bilingual.pair import Pair
from listing.refusal import Refusal

from .models import Question


class Unsound(Refusal):
    """What is wrong with one side of a text, beside the field of that side."""

    def __init__(self, place: str, message: str, **params: object):
        self.place, self.message = place, message
        super().__init__(**params)


def check(name: str, pair: Pair) -> None:
    """Raise Unsound for the first thing that holds back the text in the fields ``name``_zh and ``name``_en."""
    for side in pair.misplaced:
        raise Unsound(f"{name}_{side}", misplaced.BY_SIDE[side].message)
    for finding in _of(pair, CERTAIN):
        raise Unsound(f"{name}_zh", finding.message, **finding.parameters)


def doubts(row: Question) -> list[Finding]:
    """What likely differs in what was published of a question."""
    return [finding for pair in (row.question, row.answer) for finding in _of(pair, LIKELY)]


def _of(pair: Pair, severity: str) -> list[Finding]:
    found = agreement.check(pair.zh, pair.en) if pair.complete else ()
    return [finding for finding in found if finding.severity == severity]

"""The three scores: what each is computed over (scores.yaml), how it is rounded, and when there are too few cases.

Pure. Raises ``rulebook.node.Broken`` for a file that is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from listing.disclosure import deadlines
from listing.rulebook.node import Section, opened

from .rules import LATE, MET, Line, Share

PUNCTUALITY, CORRECTION, PARITY = SCORES = ("punctuality", "correction", "parity")


@dataclass(frozen=True, slots=True)
class Definition:
    """Over how many months a score is computed, and from how many cases on it is shown."""

    id: str
    months: int
    fewest: int

    def since(self, today: date) -> date:
        """The day with which its months begin."""
        last = deadlines.months_after(today, -self.months)
        return last.replace(day=min(today.day, last.day))


class Score(NamedTuple):
    """A score with the cases it stands on."""

    definition: Definition
    part: int
    of: int

    @property
    def percent(self) -> int | None:
        """As that of a share; None below the fewest cases."""
        return None if self.of < self.definition.fewest else Share(self.part, self.of).percent


@cache
def definitions() -> Mapping[str, Definition]:
    """The scores in their order. Raises Broken."""
    text = resources.files(__package__).joinpath("scores.yaml").read_text(encoding="utf-8")
    root, _tree = opened(text, "scores.yaml")
    found = [_definition(section) for section in root.sections("scores")]
    root.close()
    return MappingProxyType({one.id: one for one in found})


def _definition(section: Section) -> Definition:
    found = Definition(section.one_of("id", SCORES), _whole(section, "months"), _whole(section, "fewest"))
    section.close()
    return found


def _whole(section: Section, key: str) -> int:
    text = section.text(key)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        raise section.refuse(f"{key}: {text} is no whole number", key)
    return int(text)


def scores(counted: Mapping[str, tuple[int, int]]) -> list[Score]:
    """The scores of what was counted, by their ids; what was not counted has no cases."""
    return [Score(one, *counted.get(one.id, (0, 0))) for one in definitions().values()]


def punctuality(found: Iterable[Line], today: date) -> Share:
    """Of the obligations whose day has come within the months of the score and that no waiver defers: filed by it."""
    since = definitions()[PUNCTUALITY].since(today)
    counted = [line for line in found if since < line.by <= today and line.state in (MET, LATE)]
    return Share(sum(line.in_time for line in counted), len(counted))

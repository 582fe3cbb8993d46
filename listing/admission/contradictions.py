"""Answers of an application that are hardly both right, on one page or on two, as pages.yaml declares them.

Pure. Names them and stops nobody: a licence may be older than the company that took it over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from listing.companies.sheets import Field

from .pages import contradictions, pages


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a page."""

    page: str
    field: Field


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers, and in words what is odd about them."""

    between: tuple[Place, Place]
    labels: Mapping[str, str]

    def said(self, language: str) -> str:
        """The words for a reader."""
        return self.labels[language.replace("-", "_").lower()]


def found(contents: Mapping[str, Mapping]) -> list[Contradiction]:
    """The contradictions of an application, in the order of the file."""
    return [_named(each) for each in contradictions() if _holds(each, contents)]


def _holds(declared: Mapping, contents: Mapping[str, Mapping]) -> bool:
    first, second = (set(_answers(place, contents)) for place in declared["between"])
    if not (first and second):
        return False
    if declared.get("no_later"):
        return max(first) > min(second)  # days as ISO 8601 writes them
    if not first & set(declared["first"]):
        return False
    return bool(second & set(declared["second"])) if "second" in declared else not second & set(declared["second_not"])


def _answers(place: str, contents: Mapping[str, Mapping]) -> Iterator[str]:
    page, _, field = place.partition(".")
    answer = contents.get(page, {}).get(field)
    if answer is not None:
        yield from answer if isinstance(answer, list | tuple) else (answer,)


def _named(declared: Mapping) -> Contradiction:
    places = (place.partition(".") for place in declared["between"])
    first, second = (Place(page, pages()[page].field(field)) for page, _, field in places)
    return Contradiction((first, second), declared)

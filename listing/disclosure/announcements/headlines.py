"""The headline code of an announcement, beside its category: the closed list of headlines.yaml.

Decides which codes go with a category, which one a category has of itself, and where one has to be chosen; what was
released before there were codes has none. Raises ``rulebook.node.Broken`` for a file that is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from listing.refusal import N_, Refusal
from listing.rulebook import pins
from listing.rulebook.node import Section, opened
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label

from .categories import categories


class NoHeadline(Refusal):
    message = N_("Choose a headline: what it is about asks for one.")


class OtherHeadline(Refusal):
    message = N_("This headline does not go with what the announcement is about. Change one of the two.")


class NoSuchHeadline(Refusal):
    message = N_("Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Headline:
    """One code: its name, the group it is listed in, and the categories it may go with."""

    id: str
    name: Label
    group: Label
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every code by id in the order of the list, and the categories that are not sent without one, with the ground."""

    headlines: Mapping[str, Headline]
    required: tuple[str, ...]
    source: str
    status: str


@cache
def sheet() -> Sheet:
    """The list as its file has it. Raises Broken."""
    text = pins.held(resources.files(__package__), "headlines.yaml")
    root, _tree = opened(text, "headlines.yaml")
    groups = {section.text("id"): _label(section) for section in root.sections("groups")}
    found = [_headline(section, groups) for section in root.sections("headlines")]
    read = Sheet(
        headlines=MappingProxyType({one.id: one for one in found}),
        required=root.several("required", tuple(categories())),
        source=root.text("source"),
        status=root.one_of("status", (VERIFIED, MEMORY)),
    )
    if len(read.headlines) != len(found):
        raise root.refuse("a headline stands twice", "headlines")
    root.close()
    return read


def _label(section: Section) -> Label:
    return Label(section.text("zh_hans"), section.text("zh_hant"), section.text("en"))


def _headline(section: Section, groups: Mapping[str, Label]) -> Headline:
    found = Headline(
        id=section.text("id"),
        name=_label(section),
        group=groups[section.one_of("group", tuple(groups))],
        categories=section.several("with", tuple(categories())),
    )
    section.close()
    return found


def headline(code: str | None) -> Headline | None:
    """The headline of a code; None for none and for one that is not in the list."""
    return sheet().headlines.get(code) if code else None


def of_category(category: str) -> list[Headline]:
    """The headlines that may go with a category."""
    return [one for one in sheet().headlines.values() if category in one.categories]


def settled(category: str, code: str | None) -> str | None:
    """The code as it is kept: without a choice, the one that a category has of itself."""
    fitting = of_category(category)
    return code or (fitting[0].id if len(fitting) == 1 else None)


def fit(category: str, code: str | None) -> None:
    """Raise NoSuchHeadline or OtherHeadline for a code that does not go with a category; none always does."""
    if not code:
        return
    found = headline(code)
    if found is None:
        raise NoSuchHeadline
    if category not in found.categories:
        raise OtherHeadline


def check(category: str, code: str | None) -> None:
    """Raise NoHeadline, NoSuchHeadline or OtherHeadline for what is not sent."""
    if not code and category in sheet().required:
        raise NoHeadline
    fit(category, code)

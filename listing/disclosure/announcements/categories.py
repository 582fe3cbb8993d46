"""What an announcement may be about: the periodic reports and notices of categories.yaml, and the standard's events.

Decides which day each asks for, whether it waits for a publication window, whether the platform reads it first, and
who reads it afterwards, which the standard says of the item that it answers.
Raises ``rulebook.node.Broken`` for a file that is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from listing.disclosure import standards
from listing.rulebook import pins
from listing.rulebook.node import Broken, Section, opened
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label

from .visibility import PUBLIC, VISIBILITIES

NOTHING, PERIOD, EVENT = NEEDS = ("nothing", "period", "event")
IN_WINDOW, AT_ONCE = RELEASED = ("in_window", "at_once")
EVENTS_ITEM = "D21"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of announcement: the item of the standard it answers, if any, and the day it speaks of."""

    id: str
    name: Label
    item: str | None
    needs: str
    at_once: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Which announcements the platform reads before their release, on what ground, and in how many working days."""

    source: str
    status: str
    within: int
    categories: tuple[str, ...]


@cache
def _read() -> tuple[list[Category], Review]:
    text = pins.held(resources.files(__package__), "categories.yaml")
    root, _tree = opened(text, "categories.yaml")
    found = [_category(section) for section in root.sections("categories")], _review(root.section("review"))
    root.close()
    return found


def review() -> Review:
    """What the platform reads before it is released. Raises Broken."""
    return _read()[1]


@cache
def categories() -> Mapping[str, Category]:
    """Every category by id, periodic reports first, then events, then notices.

    Of the standard's events those of every version, because what was released keeps its category.
    """
    own, read_before = _read()
    known = {key: label for standard in standards.published().values() for key, label in standard.events.items()}
    events = [Category(f"{EVENT}_{key}", label, EVENTS_ITEM, EVENT) for key, label in known.items()]
    order = [one for one in own if one.needs == PERIOD] + events + [one for one in own if one.needs != PERIOD]
    unknown = set(read_before.categories) - {one.id for one in order}
    if unknown:
        raise Broken("categories.yaml", 1, f"review: {', '.join(sorted(unknown))} is no category")
    for one in order:
        _answers(one)
    return MappingProxyType({one.id: replace(one, reviewed=one.id in read_before.categories) for one in order})


def _answers(one: Category) -> None:
    """Look that some version has the item it answers, and each of them for readers of announcements. Raises Broken."""
    known = [_readers(one, standard) for standard in standards.published().values()] if one.item else [PUBLIC]
    for found in {*known} - {None} or {None}:
        if found not in VISIBILITIES:
            raise Broken("categories.yaml", 1, f"{one.id}: {one.item} is for {found}, as no announcement is")


def _readers(one: Category, standard: standards.Standard) -> str | None:
    return next((item.visibility for item in standard.items if item.id == one.item), None)


def visibility_on(category: Category | None, day: date) -> str:
    """Who reads what speaks of a day, as the standard of that day says of the item it answers; without one everybody.

    Of an item that the standard has no more, as the last version with it says.
    """
    if category is None or category.item is None:
        return PUBLIC
    earlier = reversed([one for one in standards.published().values() if one.effective_from <= day])
    found = (_readers(category, standard) for standard in (*earlier, *standards.published().values()))
    return next(readers for readers in found if readers)


def is_asked(category: Category, day: date) -> bool:
    """Whether a category may be used for a day: an event has to be one of the standard in force then."""
    return category.item != EVENTS_ITEM or _code(category) in standards.answered_on(day).events


def offered(day: date) -> list[Category]:
    """The categories to choose from on a day: without the events that only a version to come knows."""
    later = {*standards.to_come(day)} - {standards.answered_on(day)}
    known = {code for one in standards.published().values() if one not in later for code in one.events}
    return [one for one in categories().values() if one.item != EVENTS_ITEM or _code(one) in known]


def _code(category: Category) -> str:
    return category.id.removeprefix(f"{EVENT}_")


def _category(section: Section) -> Category:
    found = Category(
        id=section.text("id"),
        name=Label(section.text("zh_hans"), section.text("zh_hant"), section.text("en")),
        item=section.text("item", None),
        needs=section.one_of("needs", NEEDS),
        at_once=section.one_of("released", RELEASED) == AT_ONCE,
    )
    section.close()
    return found


def _review(section: Section) -> Review:
    within = section.text("within")
    if not (within.isascii() and within.isdigit() and 0 < int(within) < 100):
        raise section.refuse(f"within: {within} is no number of working days", "within")
    found = Review(
        source=section.text("source"),
        status=section.one_of("status", (VERIFIED, MEMORY)),
        within=int(within),
        categories=section.several("categories"),
    )
    section.close()
    return found

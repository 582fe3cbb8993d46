"""What an announcement may be about: the periodic reports and notices of categories.yaml, and the standard's events.

Decides which day each asks for, whether it waits for a publication window, whether the platform reads it first, and
who reads it afterwards, which the standard says of the item that it answers.
Raises ``rulebook.node.Broken`` for a file that is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """One kind of announcement: the item of the standard it answers, if any, the day it speaks of, and who reads it."""

    id: str
    name: Label
    item: str | None
    needs: str
    at_once: bool = False
    reviewed: bool = False
    visibility: str = PUBLIC


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
    """Every category by id, periodic reports first, then events, then notices."""
    own, read_before = _read()
    events = [Category(f"event_{key}", label, EVENTS_ITEM, EVENT) for key, label in standards.latest().events.items()]
    order = [one for one in own if one.needs == PERIOD] + events + [one for one in own if one.needs != PERIOD]
    unknown = set(read_before.categories) - {one.id for one in order}
    if unknown:
        raise Broken("categories.yaml", 1, f"review: {', '.join(sorted(unknown))} is no category")
    return MappingProxyType(
        {one.id: replace(one, reviewed=one.id in read_before.categories, visibility=_visibility(one)) for one in order}
    )


def _visibility(one: Category) -> str:
    """Who reads what answers an item; everybody, where it answers none. Raises Broken."""
    if one.item is None:
        return PUBLIC
    found = next((item.visibility for item in standards.latest().items if item.id == one.item), None)
    if found not in VISIBILITIES:
        raise Broken("categories.yaml", 1, f"{one.id}: {one.item} is for {found}, as no announcement is")
    return found


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

"""What an announcement may be about: the periodic reports and notices of categories.yaml, and the standard's events.

Decides which day each asks for and whether it waits for a publication window. Raises ``rulebook.node.Broken`` for a
file that is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from listing.disclosure import standards
from listing.rulebook.node import Section, opened
from listing.rulebook.vocabulary import Label

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


@cache
def categories() -> Mapping[str, Category]:
    """Every category by id, periodic reports first, then events, then notices."""
    text = resources.files(__package__).joinpath("categories.yaml").read_text(encoding="utf-8")
    root, _tree = opened(text, "categories.yaml")
    own = [_category(section) for section in root.sections("categories")]
    root.close()
    events = [Category(f"event_{key}", label, EVENTS_ITEM, EVENT) for key, label in standards.latest().events.items()]
    order = [one for one in own if one.needs == PERIOD] + events + [one for one in own if one.needs != PERIOD]
    return MappingProxyType({one.id: one for one in order})


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

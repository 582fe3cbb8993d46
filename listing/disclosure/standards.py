"""The disclosure standards: what each tier asks for, read strictly from standards/*.yaml, each version pinned.

Raises ``rulebook.node.Broken`` with file, line and reason at start-up. What follows from a standard for a company is in
``rules``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from listing.rulebook import pins
from listing.rulebook.node import Broken, Section, opened
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label

from . import deadlines
from .deadlines import Deadline

FOLDER = Path(__file__).parent / "standards"
KINDS = ("field", "figure", "document")
VISIBILITIES = ("public", "registered", "admitted", "staff")
NEEDS = REQUIRED, IF_RAISING, OPTIONAL = ("required", "if_raising", "optional")
OCCASIONS = (
    ("admission", "change", "annual", "half_year", "quarter", "event")
    + ("round", "refresh", "roadshow", "filing")
)  # fmt: skip
CHECKER, INTERMEDIARY = "checker", "intermediary"
# What a tier's chain does not ask for and its company may, for one announcement; beside the files, which are pinned.
BY_CHOICE = {"growth": (INTERMEDIARY,)}
PARTS = ("preparer", "translator", CHECKER, "signatory", INTERMEDIARY)
STEPS = ("reminder", "public_mark", "off_roadshow", "tier_down", "removal")
STATUSES = (VERIFIED, MEMORY)
_ITEM = re.compile(r"D\d\d")
_VERSION = re.compile(r"[0-9][0-9.-]{0,19}")
_WORD = re.compile(r"[a-z_]{1,30}")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What makes an item due, and by when after it."""

    every: str
    due: Deadline


@dataclass(frozen=True, slots=True)
class Duty:
    """What one tier asks of one item."""

    need: str
    when: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to disclose: D01 and so on, and what each tier asks of it; a tier that is absent asks nothing."""

    id: str
    name: Label
    kinds: tuple[str, ...]
    visibility: str
    tiers: Mapping[str, Duty]
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Rung:
    """What follows that many days after a due day was missed."""

    after: int
    step: str


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """One version of the standard with its tiers, items, signatures, late ladder and codes of major events.

    Read once, so what is reckoned from it may be kept beside it.
    """

    version: str
    effective_from: date
    name: Label
    tiers: Mapping[str, Label]
    sign_off: Mapping[str, tuple[str, ...]]
    ladder: tuple[Rung, ...]
    items: tuple[Item, ...]
    events: Mapping[str, Label]
    digest: str

    def of_tier(self, tier: str) -> tuple[Item, ...]:
        """The items a tier asks for, in their order."""
        return tuple(item for item in self.items if tier in item.tiers)


def read(text: str, file: str) -> Standard:
    """The standard that a file holds. Raises Broken."""
    root, tree = opened(text, file)
    tiers = _labels(root, "tiers")
    standard = Standard(
        version=_version(root),
        effective_from=root.day("effective_from"),
        name=_label(root.section("name")),
        tiers=tiers,
        sign_off=_sign_off(root.section("sign_off"), tiers),
        ladder=tuple(_rung(each) for each in root.sections("ladder")),
        items=tuple(_item(each, tiers) for each in root.sections("items")),
        events=_labels(root, "events"),
        digest=pins.digest(tree),
    )
    root.close()
    _consistent(root, standard)
    return standard


def _version(root: Section) -> str:
    found = root.text("version")
    if not _VERSION.fullmatch(found):
        raise root.refuse(f"version: {found} is not a version such as 2026 or 2027-07", "version")
    return found


def _labels(root: Section, key: str) -> Mapping[str, Label]:
    """Words with what they are called, each once, in their order."""
    found = [(_word(each), _label(each)) for each in root.sections(key)]
    if len(dict(found)) != len(found):
        raise root.refuse(f"{key}: an id stands twice", key)
    return MappingProxyType(dict(found))


def _label(section: Section) -> Label:
    """The last that is asked of a section: whatever is left in it is refused."""
    label = Label(section.text("zh_hans"), section.text("zh_hant"), section.text("en"))
    section.close()
    return label


def _word(section: Section) -> str:
    found = section.text("id")
    if not _WORD.fullmatch(found):
        raise section.refuse(f"id: {found} is not a word of small letters", "id")
    return found


def _sign_off(section: Section, tiers: Mapping[str, Label]) -> Mapping[str, tuple[str, ...]]:
    chain = MappingProxyType({tier: section.several(tier, PARTS) for tier in tiers})
    section.close()
    return chain


def _rung(section: Section) -> Rung:
    after = section.text("after")
    if not (after.isascii() and after.isdigit() and 0 < int(after) < 1000):
        raise section.refuse(f"after: {after} is no number of days", "after")
    rung = Rung(int(after), section.one_of("step", STEPS))
    section.close()
    return rung


def _item(section: Section, tiers: Mapping[str, Label]) -> Item:
    item_id = section.text("id")
    if not _ITEM.fullmatch(item_id):
        raise section.refuse(f"id: {item_id} is not like D01", "id")
    item = Item(
        id=item_id,
        name=_label(section.section("name")),
        kinds=section.several("kinds", KINDS),
        visibility=section.one_of("visibility", VISIBILITIES),
        tiers=_duties(section.section("tiers"), tiers),
        source=section.text("source"),
        status=section.one_of("status", STATUSES),
    )
    section.close()
    return item


def _duties(section: Section, tiers: Mapping[str, Label]) -> Mapping[str, Duty]:
    duties = {}
    for tier in filter(section.__contains__, tiers):
        duty = section.section(tier)
        duties[tier] = Duty(duty.one_of("need", NEEDS), tuple(_occasion(each) for each in duty.sections("when")))
        duty.close()
    section.close()
    return MappingProxyType(duties)


def _occasion(section: Section) -> Occasion:
    every, text = section.one_of("every", OCCASIONS), section.text("due")
    section.close()
    try:
        return Occasion(every, deadlines.parse(text))
    except ValueError as error:
        raise section.refuse(f"due: {error}", "due") from None


def _consistent(root: Section, standard: Standard) -> None:
    """What no single line shows: each item once, a ladder that climbs, and documents that exist to come with."""
    ids = [item.id for item in standard.items]
    if len(set(ids)) != len(ids):
        raise root.refuse("items: an id stands twice", "items")
    days = [rung.after for rung in standard.ladder]
    if days != sorted(set(days)):
        raise root.refuse("ladder: the days do not rise", "ladder")
    for item in standard.items:
        for tier, duty in item.tiers.items():
            _companions(root, standard, item, tier, duty)


def _companions(root: Section, standard: Standard, item: Item, tier: str, duty: Duty) -> None:
    asked = {other.id: other for other in standard.of_tier(tier)}
    for occasion in duty.when:
        if occasion.due.item and (occasion.due.item not in asked or occasion.due.item == item.id):
            raise root.refuse(f"{item.id}: {tier} does not ask for {occasion.due.item}", "items")


@cache
def published() -> Mapping[str, Standard]:
    """Every version by its name, in the order in which they take effect. Raises Broken."""
    return load(FOLDER)


def load(folder: Path) -> Mapping[str, Standard]:
    """Every version of a folder, each held to its pin and to the one before it. Raises Broken."""
    pinned, found = pins.of(folder), {}
    files = sorted(path for path in folder.glob("*.yaml") if path.name != pins.FILE)
    read_from = {path.stem: _pinned(path, pinned) for path in files}
    for version in pinned:  # in the order in which they were published
        if version not in read_from:
            raise Broken(pins.FILE, 1, f"{version} was published and is not here any more")
        follows(read_from[version], found.values(), f"{version}.yaml")
        found[version] = read_from[version]
    return MappingProxyType(found)


def _pinned(path: Path, pinned: Mapping[str, str]) -> Standard:
    standard = of_file(path)
    if path.stem != standard.version:
        raise Broken(path.name, 1, f"a file of version {standard.version} is called {standard.version}.yaml")
    if standard.version not in pinned:
        raise Broken(path.name, 1, f"not published: {pins.FILE} has no digest of it; it is {standard.digest}")
    if pinned[standard.version] != standard.digest:
        raise Broken(
            path.name, 1, f"changed after publication: pinned {pinned[standard.version]}, found {standard.digest}"
        )
    return standard


def of_file(path: Path) -> Standard:
    """The version of one file, published or not. Raises Broken."""
    try:
        return read(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(path.name, 1, f"cannot be read as UTF-8: {error}") from None


def follows(standard: Standard, before: Iterable[Standard], file: str) -> None:
    """Look that a version comes after those published before it, and keeps their tiers. Raises Broken."""
    for one in before:
        if one.version == standard.version:
            raise Broken(file, 1, f"version {one.version} is published already")
        if standard.effective_from <= one.effective_from:
            said = f"effective_from {standard.effective_from} is not after {one.effective_from}"
            raise Broken(file, 1, f"{said}, when version {one.version} takes effect, which was published before")
        if gone := [tier for tier in one.tiers if tier not in standard.tiers]:
            raise Broken(file, 1, f"tiers: {gone[0]} is missing, and companies of version {one.version} are in it")


def in_force(day: date) -> Standard | None:
    """The version in force on a day: of those that have begun, the one that began last."""
    begun = [standard for standard in published().values() if standard.effective_from <= day]
    return begun[-1] if begun else None


def answered_on(day: date) -> Standard:
    """The version in force on a day; before the first takes effect, that one ahead of its time."""
    return in_force(day) or next(iter(published().values()))


def to_come(day: date) -> list[Standard]:
    """The versions that take effect after a day, the next one first."""
    return [standard for standard in published().values() if standard.effective_from > day]


def held_on(version: str, day: date) -> Standard:
    """Under which version a tier is held on a day that was taken under one: under that, or a later one in force."""
    taken, found = published()[version], in_force(day)
    return found if found and found.effective_from > taken.effective_from else taken


def latest() -> Standard:
    """The version that began last, or will."""
    return list(published().values())[-1]

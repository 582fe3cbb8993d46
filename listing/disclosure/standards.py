"""The disclosure standards: what each tier asks for, read strictly from standards/*.yaml, each version pinned.

Raises ``rulebook.node.Broken`` with file, line and reason at start-up. What follows from a standard for a company is in
``rules``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from types import MappingProxyType

import yaml

from listing.rulebook.node import Broken, Section, opened
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label

from . import deadlines
from .deadlines import Deadline

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


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of the standard with its tiers, items, signatures, late ladder and codes of major events."""

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
    tiers = MappingProxyType({_word(each): _label(each) for each in root.sections("tiers")})
    standard = Standard(
        version=root.text("version"),
        effective_from=root.day("effective_from"),
        name=_label(root.section("name")),
        tiers=tiers,
        sign_off=_sign_off(root.section("sign_off"), tiers),
        ladder=tuple(_rung(each) for each in root.sections("ladder")),
        items=tuple(_item(each, tiers) for each in root.sections("items")),
        events=MappingProxyType({_word(each): _label(each) for each in root.sections("events")}),
        digest=sha256(json.dumps(tree, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )
    root.close()
    _consistent(root, standard)
    return standard


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
    """Every version, by its name. Raises Broken, also for a version that is not what was published under that name."""
    folder = resources.files(__package__).joinpath("standards")
    pins = yaml.safe_load(folder.joinpath("pins.yaml").read_text(encoding="utf-8"))
    files = sorted(
        entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml") and entry.name != "pins.yaml"
    )
    found = {}
    for name in files:
        standard = read(folder.joinpath(name).read_text(encoding="utf-8"), name)
        if pins.get(standard.version) != standard.digest:
            raise Broken(name, 1, f"version {standard.version} is not the one that was published")
        found[standard.version] = standard
    return MappingProxyType(found)


def in_force(day: date) -> Standard | None:
    """The version in force on a day: of those that have begun, the one that began last."""
    begun = [standard for standard in published().values() if standard.effective_from <= day]
    return max(begun, key=lambda standard: standard.effective_from, default=None)


def latest() -> Standard:
    """The version that began last, or will."""
    return max(published().values(), key=lambda standard: standard.effective_from)


def as_data(standard: Standard, tier: str) -> dict[str, object]:
    """One tier for JSON: its items with their deadlines as they stand in the standard."""
    return {
        "standard": f"{tier}@{standard.version}",
        "name": _said(standard.tiers[tier]),
        "effective_from": standard.effective_from.isoformat(),
        "digest": standard.digest,
        "sign_off": list(standard.sign_off[tier]),
        "sign_off_by_choice": list(BY_CHOICE.get(tier, ())),
        "ladder": [{"days_late": rung.after, "step": rung.step} for rung in standard.ladder],
        "items": [_item_data(item, tier) for item in standard.of_tier(tier)],
        "events": {key: _said(label) for key, label in standard.events.items()},
    }


def _item_data(item: Item, tier: str) -> dict[str, object]:
    return {
        "id": item.id,
        "name": _said(item.name),
        "kinds": list(item.kinds),
        "visibility": item.visibility,
        "need": item.tiers[tier].need,
        "when": [{"every": one.every, "due": one.due.text} for one in item.tiers[tier].when],
        "source": item.source,
        "status": item.status,
    }


def _said(label: Label) -> dict[str, str]:
    return {"zh-Hans": label.zh_hans, "zh-Hant": label.zh_hant, "en": label.en}

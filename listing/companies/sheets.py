"""What an enterprise tells of itself, as declared in sheets.yaml: the sheets in order, their fields, who sees which.

Decides nothing of its own: reads the file once and answers by id. What may be typed into a field is decided where
drafts are written; what one visitor sees of a content is ``seen``, for every page, feed and export alike.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from listing.access.actor import Tier

from . import catalogue
from .catalogue import Entry

PAIRS = ("line", "passage")
FILE_PARTS = ("file", "name", "sha256", "media_type", "size")  # of a row that stands for a stored file


@dataclass(frozen=True, slots=True)
class Field(Entry):
    """One thing asked for. ``rules`` holds what else the file says of it (``needed``, ``most``, ``after`` …).

    ``known`` finds a closed list by name where another file than sheets.yaml declares the field.
    """

    kind: str = "text"
    tier: Tier = Tier.STAFF
    rules: Mapping = field(default_factory=dict)
    fields: tuple["Field", ...] = ()
    known: Callable[[str], Mapping[str, Entry]] | None = None

    @property
    def is_pair(self) -> bool:
        """Whether the value is a text in two languages."""
        return self.kind in PAIRS

    def rule(self, name: str, default=None):
        """What the file says under ``name``."""
        return self.rules.get(name, default)

    def choices(self) -> Mapping[str, Entry]:
        """The values to choose from, in order."""
        return (self.known or choices)(self.rules["from"])


@dataclass(frozen=True, slots=True)
class Sheet(Entry):
    """One task: a page of fields that is saved as a whole."""

    tier: Tier = Tier.STAFF
    required: bool = False
    material: bool = False
    unless: Mapping = field(default_factory=dict)
    fields: tuple[Field, ...] = ()

    def field(self, key: str) -> Field:
        """The field of that id."""
        return next(found for found in self.fields if found.id == key)

    def excused(self, content: Mapping) -> bool:
        """Whether an answer given makes the other ones needless."""
        return bool(self.unless) and all(content.get(key) == value for key, value in self.unless.items())


_OWN = {"id", "zh_hans", "zh_hant", "en", "kind", "tier", "fields"}


def _labels(row: Mapping) -> dict[str, str]:
    return {key: row[key] for key in ("id", "zh_hans", "zh_hant", "en")}


def _field(row: Mapping, tier: Tier, known: Callable | None) -> Field:
    own = Tier[row["tier"]] if "tier" in row else tier
    return Field(
        **_labels(row),
        kind=row["kind"],
        tier=own,
        rules=MappingProxyType({key: value for key, value in row.items() if key not in _OWN}),
        fields=tuple(_field(inner, own, known) for inner in row.get("fields", ())),
        known=known,
    )


def _sheet(row: Mapping, known: Callable | None = None) -> Sheet:
    tier = Tier[row.get("tier", "STAFF")]
    return Sheet(
        **_labels(row),
        tier=tier,
        required=row.get("required", False),
        material=row.get("material", False),
        unless=MappingProxyType(row.get("unless", {})),
        fields=tuple(_field(inner, tier, known) for inner in row["fields"]),
    )


def declared(rows: Iterable[Mapping], known: Callable | None = None) -> Mapping[str, Sheet]:
    """Sheets of this grammar by id, in order; ``known`` finds the closed lists of another file."""
    return MappingProxyType({row["id"]: _sheet(row, known) for row in rows})


@cache
def sheets() -> Mapping[str, Sheet]:
    """The sheets in the order of the task list."""
    return declared(catalogue.source("sheets")["sheets"])


def entries(rows: Iterable[Mapping]) -> Mapping[str, Entry]:
    """The values of a closed list of this grammar by id, in order."""
    return MappingProxyType({row["id"]: Entry(**_labels(row)) for row in rows})


def _cities() -> Mapping[str, Entry]:
    common = {key: place for key, place in catalogue.places().items() if place.common}
    return {place.id: place for place in catalogue.bay_area()} | common


_CATALOGUE = {
    "cities": _cities,
    "domiciles": catalogue.domiciles,
    "sectors": catalogue.sectors,
    "stages": lambda: {key: stage for key, stage in catalogue.stages().items() if key != "listed"},
}


@cache
def choices(name: str) -> Mapping[str, Entry]:
    """A closed list by name, in order: one of the catalogue, or one of sheets.yaml."""
    if name in _CATALOGUE:
        return MappingProxyType(dict(_CATALOGUE[name]()))
    return entries(catalogue.source("sheets")["choices"][name])


@cache
def unit(key: str) -> int:
    """How many major units of a currency one of ``key`` is."""
    return {row["id"]: row["times"] for row in catalogue.source("sheets")["choices"]["units"]}[key]


def seen(sheet: Sheet, content: Mapping, tier: Tier) -> dict:
    """What a visitor of ``tier`` sees of a sheet's content: fields above the tier are absent, at every depth."""
    return dict(_seen(sheet.fields, content, tier))


def _seen(fields: tuple[Field, ...], content: Mapping, tier: Tier) -> Iterator[tuple[str, object]]:
    for each in fields:
        if each.tier > tier or each.id not in content:
            continue
        value = content[each.id]
        yield each.id, _rows_seen(each, value, tier) if each.kind == "rows" else value


def _rows_seen(each: Field, rows: list[Mapping], tier: Tier) -> list[dict]:
    kept = {part.rule("under", part.id) for part in each.fields if part.tier <= tier} | {"id"}
    if each.rule("files"):
        kept |= set(FILE_PARTS)
        rows = [row for row in rows if _open_to(row, tier)]
    return [{key: part for key, part in row.items() if key in kept} for row in rows]


def texts(contents: Mapping[str, Mapping], tier: Tier) -> Iterator[tuple[str, str]]:
    """Both sides of every text that a visitor of ``tier`` sees in these sheets."""
    for key, content in contents.items():
        if key in sheets():
            yield from _texts(sheets()[key].fields, seen(sheets()[key], content, tier))


def _texts(fields: tuple[Field, ...], content: Mapping) -> Iterator[tuple[str, str]]:
    for each in fields:
        value = content.get(each.id)
        if value and each.kind == "rows":
            for row in value:
                yield from _texts(each.fields, row)
        elif value and each.is_pair:
            yield value["zh"], value["en"]


def _open_to(document: Mapping, tier: Tier) -> bool:
    least = {"public": Tier.PUBLIC, "registered": Tier.REGISTERED, "admitted": Tier.ADMITTED}
    return least.get(document.get("visibility"), Tier.STAFF) <= tier

"""The closed lists of the showcase with their labels: sectors, places, stages, sections, markets, domiciles.

Decides the order of each list and which label a reader of a language gets. Pure: reads the YAML files beside it once.
How imported words find their way into these lists is decided in ``mapping``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

from listing.access.actor import Tier

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its id, its labels, and the id of the entry above it (sector group, province)."""

    id: str
    zh_hans: str
    zh_hant: str
    en: str
    parent: str = ""

    def label(self, language: str) -> str:
        """The label for a reader of zh-Hans, zh-Hant or en."""
        return {"zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}.get(language, self.en)

    def labels(self) -> tuple[str, str, str]:
        """All labels, for the search index."""
        return self.zh_hans, self.zh_hant, self.en


@dataclass(frozen=True, slots=True)
class Place(Entry):
    """A city; ``parent`` is its province, ``also`` other names of it and of its districts."""

    domicile: str = "other"
    gba: bool = False
    common: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section(Entry):
    """A section of a profile and the tier that a visitor needs at least to see it."""

    tier: Tier = Tier.STAFF


@dataclass(frozen=True, slots=True)
class Market(Entry):
    """An issuer of codes; ``digits`` is the length of an all-digit code, 0 where there is no rule."""

    digits: int = 0
    domicile: str = ""


@cache
def source(name: str) -> Mapping:
    """Return one of the files beside this module, as YAML gives it."""
    text = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


def _names(row: Mapping) -> dict[str, str]:
    return {key: row[key] for key in ("id", "zh_hans", "zh_hant", "en")}


def _by_id(entries) -> Mapping:
    return MappingProxyType({entry.id: entry for entry in entries})


@cache
def groups() -> Mapping[str, Entry]:
    """The first level of sectors, in order."""
    return _by_id(Entry(**_names(row)) for row in source("sectors"))


@cache
def sectors() -> Mapping[str, Entry]:
    """The second level of sectors, in order; ``parent`` is the group."""
    return _by_id(Entry(**_names(child), parent=row["id"]) for row in source("sectors") for child in row["children"])


@cache
def sectors_of(group: str) -> tuple[Entry, ...]:
    """The sectors of one group, in order."""
    return tuple(entry for entry in sectors().values() if entry.parent == group)


@cache
def provinces() -> Mapping[str, Entry]:
    """The provinces of the mainland, in the official order."""
    return _by_id(Entry(**_names(row)) for row in source("places")["provinces"])


@cache
def places() -> Mapping[str, Place]:
    """The cities: those of the Greater Bay Area first, then the mainland by province, then elsewhere."""
    rows = sorted(source("places")["cities"], key=lambda row: not row.get("gba"))
    return _by_id(
        Place(
            **_names(row),
            parent=row.get("province", ""),
            domicile=row["country"] if row["country"] in domiciles() else "other",
            gba=row.get("gba", False),
            common=row.get("common", False),
            also=tuple(row.get("also", ())),
        )
        for row in rows
    )


@cache
def bay_area() -> tuple[Place, ...]:
    """The eleven cities of the Greater Bay Area: Hong Kong, Macao and the nine of Guangdong."""
    return tuple(place for place in places().values() if place.gba)


@cache
def stages() -> Mapping[str, Entry]:
    """Stages of financing, earliest first."""
    return _by_id(Entry(**_names(row)) for row in source("vocabulary")["stages"])


@cache
def sections() -> Mapping[str, Section]:
    """Sections of a profile, in the order of the page."""
    return _by_id(Section(**_names(row), tier=Tier[row["tier"]]) for row in source("vocabulary")["sections"])


@cache
def markets() -> Mapping[str, Market]:
    """Markets whose codes we know, in order."""
    rows = source("vocabulary")["markets"]
    return _by_id(Market(**_names(row), digits=row.get("digits", 0), domicile=row.get("domicile", "")) for row in rows)


@cache
def domiciles() -> Mapping[str, Entry]:
    """Where a company is at home: CN, HK, MO, other."""
    return _by_id(Entry(**_names(row)) for row in source("vocabulary")["domiciles"])


LISTS = {
    "domicile": domiciles,
    "group": groups,
    "market": markets,
    "place": places,
    "province": provinces,
    "section": sections,
    "sector": sectors,
    "stage": stages,
}


@cache
def labels(kind: str, language: str) -> Mapping[str, str]:
    """The labels of one of LISTS by id, in one language; made once."""
    return MappingProxyType({entry.id: entry.label(language) for entry in LISTS[kind]().values()})


def label(kind: str, key: str, language: str) -> str:
    """The label of an entry, or ``key`` itself where the list has no such entry (a city as its source writes it)."""
    return labels(kind, language).get(key, key)

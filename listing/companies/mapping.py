"""From the words of a source to our lists: which sector an industry is, which place an area and a city are.

Pure. A company is placed where it is run: a known city decides, with its province. An area (where it is registered)
decides where the city is missing or lies in another country than the source says. An unknown city stays as typed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from listing.bilingual import script

from . import catalogue
from .catalogue import Place

MUNICIPALITIES = frozenset({"beijing", "chongqing", "shanghai", "tianjin"})  # a city that is a province


def _key(text: str) -> str:
    """The form in which equal names of places and industries are equal."""
    return re.sub(r"[\s'’.\-]+", "", script.to_hans(text) if not text.isascii() else text).casefold()


@cache
def _by_industry() -> Mapping[str, str]:
    """Sector by industry name: the Chinese words, then the English names of the imported classification."""
    found: dict[str, str] = {}
    for sector, words in catalogue.source("vocabulary")["industries"].items():
        found |= {_key(word): sector for word in words}
    for group in catalogue.source("sectors"):
        for child in group["children"]:
            for word in (*child.get("gics", ()), child["zh_hans"], child["en"], child["id"]):
                found.setdefault(_key(word), child["id"])
    return found


@cache
def _by_group() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for group in catalogue.source("sectors"):
        for word in (*group.get("gics", ()), group["zh_hans"], group["en"], group["id"]):
            found.setdefault(_key(word), group["id"])
    return found


def sector_of(*words: str) -> tuple[str, str]:
    """Group and sector for the words of a source, the most exact first; no sector where only a group is known."""
    keys = [_key(word) for word in words if word]
    for key in keys:
        if sector := _by_industry().get(key):
            return catalogue.sectors()[sector].parent, sector
    for key in keys:
        if group := _by_group().get(key):
            return group, ""
    return "", ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a company is: domicile, province id, city id (or as typed), and whether the source contradicts itself."""

    domicile: str = ""
    province: str = ""
    city: str = ""
    conflict: bool = False


@cache
def _countries() -> Mapping[str, str]:
    return {_key(word): code for code, words in catalogue.source("vocabulary")["countries"].items() for word in words}


@cache
def _provinces() -> Mapping[str, str]:
    found = {}
    for row in catalogue.source("places")["provinces"]:
        for word in (row["id"], row["en"], row["zh_hans"], *row.get("also", ())):
            found[_key(word)] = row["id"]
    return found


@cache
def _cities() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place in catalogue.places().values():
        for word in dict.fromkeys(_key(w) for w in (place.id, place.en, place.zh_hans, *place.also)):
            found[word] = (*found.get(word, ()), place)
    return found


def _candidates(city: str) -> tuple[Place, ...]:
    key = _key(city)
    for name in (key, key.removesuffix("city"), key.removesuffix("市")):
        if name in _cities():
            return _cities()[name]
    return ()


def _city(city: str, province: str) -> Place | None:
    """The place a name means, given the province where that is known."""
    known = _candidates(city)
    if province:
        known = tuple(place for place in known if place.parent == province) or known
    if len(known) == 1:
        return known[0]
    return next((place for place in known if place.common), None)


def _area(area: str) -> tuple[str, str, str]:
    """Domicile, province and city that an area names: a province, a city that is named like one, or neither."""
    if not area:
        return "", "", ""
    if own := _countries().get(_key(area)):
        return own, "", {"HK": "hong-kong", "MO": "macao"}.get(own, "")
    key = _key(area)
    province = _provinces().get(key) or _provinces().get(key.removesuffix("省").removesuffix("市"), "")
    if province:
        return "CN", province, province if province in MUNICIPALITIES else ""
    place = _city(area, "")
    return (place.domicile, place.parent, place.id) if place else ("", "", "")


@cache
def place_of(country: str = "", area: str = "", city: str = "") -> Placement:
    """Where the words of a source place a company; ``conflict`` where they contradict each other."""
    stated = _countries().get(_key(country), "other") if country else ""
    domicile, province, of_area = _area(area)
    domicile = domicile or stated
    place = _city(city, province) if city else None
    if place is None:
        elsewhere = domicile in ("HK", "MO") or bool(of_area)
        return _settled(
            domicile, province, of_area if elsewhere else city, conflict=bool(city) and elsewhere and not of_area
        )
    if place.domicile != (stated or domicile or place.domicile):
        return _settled(domicile, province, of_area, conflict=True)
    return _settled(place.domicile, place.parent, place.id, conflict=bool(province) and place.parent != province)


def _settled(domicile: str, province: str, city: str, conflict: bool = False) -> Placement:
    city = city or {"HK": "hong-kong", "MO": "macao"}.get(domicile, "")
    return Placement(domicile, province, city, conflict)

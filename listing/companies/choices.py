"""The words of the directory: filters and their values, orders, marks on a card; in the reader's language.

Everything here is the same for every visitor of one language, so each fragment of markup is made once and kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from flask_babel import gettext as _
from markupsafe import Markup

from listing.web.page import language

from . import catalogue, directory, rules
from .catalogue import Entry
from .directory import EVERY, FILTERS, OWN, Selection
from .queries import BAY_AREA

Groups = Iterable[tuple[str, Iterable[tuple[str, str]]]]  # label of the group ("" for none), then value and label

TABS = (OWN, EVERY, rules.IMPORTED)  # origins that stand above the list, and so need no chip

_OPTION = Markup('<option value="{}"{}>{}</option>')
_SELECTED = Markup(" selected")
_TAG = Markup('<li class="tag {}">{}</li>')


def read(args: Mapping[str, str], reader: str) -> Selection:
    """What the query parameters ask for, read against our lists, for a reader of the interface language."""
    sectors = frozenset(catalogue.groups()) | frozenset(catalogue.sectors())
    side = "en" if reader == "en" else "zh"
    return directory.read(args, side=side, sectors=sectors, stages=frozenset(catalogue.stages()))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use: what it is, its value in words, and the query string without it."""

    label: str
    value: str
    removed: str


@cache
def _filter_labels(_reader: str) -> Mapping[str, str]:
    return {
        "q": _("Words searched for"),
        "market": _("Market"),
        "place": _("Place"),
        "sector": _("Sector"),
        "stage": _("Stage"),
        "languages": _("Languages"),
        "origin": _("Source"),
    }


@cache
def _sort_labels(_reader: str) -> Mapping[str, str]:
    return {"relevance": _("Best match"), "newest": _("Newest"), "name": _("Name")}


def filter_label(name: str) -> str:
    """What a filter is called."""
    return _filter_labels(language())[name]


def sort_label(name: str) -> str:
    """What an order is called."""
    return _sort_labels(language())[name]


def _languages() -> list[tuple[str, str]]:
    return [("both", _("Chinese and English")), ("zh", _("Chinese only")), ("en", _("English only"))]


def _origins() -> list[tuple[str, str]]:
    return [
        (OWN, _("On Baybridge")),
        (rules.PARTICIPANT, _("Shown by the company")),
        (rules.IMPORTED, _("Imported facts")),
        (rules.DEMO, _("Fictional")),
    ]


def _entries(entries: Iterable[Entry], reader: str) -> list[tuple[str, str]]:
    return [(entry.id, entry.label(reader)) for entry in entries]


def _sectors(reader: str) -> Groups:
    for group in catalogue.groups().values():
        whole = (group.id, _("%(sector)s: all", sector=group.label(reader)))
        yield group.label(reader), [whole, *_entries(catalogue.sectors_of(group.id), reader)]


def _places(reader: str) -> Groups:
    mainland = [city for city in catalogue.bay_area() if city.domicile == "CN"]
    yield "", [(BAY_AREA, _("Greater Bay Area"))]
    yield _("Home of the company"), _entries(catalogue.domiciles().values(), reader)
    yield _("Bay Area cities of Guangdong"), _entries(mainland, reader)


def _groups(name: str, reader: str) -> Groups:
    if name == "sector":
        return _sectors(reader)
    if name == "place":
        return _places(reader)
    flat = {"languages": _languages, "origin": _origins}.get(name)
    if flat:
        return [("", flat())]
    return [("", _entries({"market": catalogue.markets, "stage": catalogue.stages}[name]().values(), reader))]


@cache
def _labels(name: str, reader: str) -> Mapping[str, str]:
    return {value: label for _group, values in _groups(name, reader) for value, label in values}


def value_label(name: str, value: str) -> str:
    """What a filter's value is called; a city or market that no list knows, as it was typed."""
    reader = language()
    if name == "q":
        return value
    return _labels(name, reader).get(value) or catalogue.labels("place", reader).get(value, value)


@lru_cache(maxsize=2_000)
def _options(name: str, reader: str, chosen: str) -> Markup:
    known = _labels(name, reader)
    made = [_OPTION.format("", "", _("Any"))]
    if chosen and chosen not in known:
        made.append(_OPTION.format(chosen, _SELECTED, catalogue.labels("place", reader).get(chosen, chosen)))
    for group, values in _groups(name, reader):
        inside = [_OPTION.format(value, _SELECTED if value == chosen else "", label) for value, label in values]
        made.append(
            Markup('<optgroup label="{}">{}</optgroup>').format(group, Markup().join(inside))
            if group
            else Markup().join(inside)
        )
    return Markup().join(made)


def options(name: str, chosen: str) -> Markup:
    """The options of a filter's select with ``chosen`` selected, also where no list knows it."""
    return _options(name, language(), chosen)


def chips(selection: Selection) -> list[Chip]:
    """The filters in use, each with the way to drop it."""
    return [
        Chip(
            filter_label(name),
            value_label(name, getattr(selection, name)),
            selection.without(name).query_string(),
        )
        for name in FILTERS
        if name in selection.active and not (name == "origin" and selection.origin in TABS)
    ]


def tabs(selection: Selection) -> list[tuple[str, str, bool]]:
    """The ways to see all companies, our own or the imported: label, query string, and whether it is the one shown."""
    labels = (("", _("All")), (OWN, _("On Baybridge")), (rules.IMPORTED, _("Imported")))
    shown = "" if selection.origin == EVERY else selection.origin
    return [(label, selection.of_origin(origin).query_string(), origin == shown) for origin, label in labels]


def note(origin: str) -> str:
    """What has to be said of a company of this origin wherever it is named; nothing of a participant."""
    if origin == rules.IMPORTED:
        return _("Imported facts, not verified, not a participant")
    return _("Fictional") if origin == rules.DEMO else ""


@cache
def _marks(reader: str) -> tuple[Mapping[str, Markup], Mapping[str, Markup]]:
    kinds = {"both": "ok", "zh": "", "en": ""}
    texts = {code: _TAG.format(kinds[code], label) for code, label in _languages()}
    texts[""] = _TAG.format("", _("Names and facts only"))
    return texts, {
        rules.IMPORTED: _TAG.format("warn", note(rules.IMPORTED)),
        rules.DEMO: _TAG.format("info", note(rules.DEMO)),
        rules.PARTICIPANT: Markup(),
    }


def marks() -> tuple[Mapping[str, Markup], Mapping[str, Markup]]:
    """The list items that say in which languages a company's text is complete, and where it comes from."""
    return _marks(language())

"""The pages of an application as declared in pages.yaml, and what the risk questionnaire adds up to.

Pure. What may be typed into a field is decided in ``profiles.reading``, what a rule book is told of it in ``facts``.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from listing.companies import sheets
from listing.companies.catalogue import Entry
from listing.companies.sheets import Sheet

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _source() -> Mapping:
    text = resources.files(__package__).joinpath("pages.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


@cache
def choices(name: str) -> Mapping[str, Entry]:
    """A closed list by name: one of pages.yaml, or else one of the enterprises' sheets."""
    own = _source()["choices"].get(name)
    return sheets.choices(name) if own is None else sheets.entries(own)


@cache
def pages() -> Mapping[str, Sheet]:
    """The pages in the order of the task list."""
    return sheets.declared(_source()["pages"], choices)


@cache
def contradictions() -> tuple[Mapping, ...]:
    """The pairs of answers that are hardly both right, as declared."""
    return tuple(_source()["contradictions"])


def risk_points(contents: Mapping[str, Mapping]) -> int | None:
    """The points of the risk questionnaire; None until every question is answered."""
    page, content = pages()["risk"], contents.get("risk", {})
    if any(each.id not in content for each in page.fields):
        return None
    return sum(each.rule("score")[content[each.id]] for each in page.fields)


def risk_level(contents: Mapping[str, Mapping]) -> str:
    """The level of the risk questionnaire, C1 (the least risk) to C5; empty until every question is answered."""
    points = risk_points(contents)
    levels = _source()["levels"]
    return "" if points is None else max((least, level) for level, least in levels.items() if points >= least)[1]

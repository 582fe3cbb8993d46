"""What there is to know of a release besides its texts, each fact declared once in FACTS.

The lists as CSV and JSON, its own JSON, the API and its sheet all read it here, so that none of them leaves one out.
Which words stand beside a fact on paper is in sheet.yaml, how its page shows it in announcements/show.html.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from listing.journal import canonical
from listing.web import formats

from . import answering, endorsers, rules
from .models import Release
from .standard import book

ZONE = "Asia/Hong_Kong"
Line = tuple[str, str, str]  # what it is, the Chinese, the English
Cells = Mapping[str, Callable[[Release, Sequence], object]]


class Fact(NamedTuple):
    """One fact: its value for programs, what stands in which columns of a table, and its lines on paper.

    Each is given the release and its companies; paper also the language tag of its Chinese.
    """

    id: str
    value: Callable[[Release, Sequence], object]
    cells: Cells
    lines: Callable[[Release, Sequence, str], Iterator[Line]]


def values(row: Release, companies: Sequence) -> dict[str, object]:
    """Every fact of a release for programs; one that it does not have is null or empty, never absent."""
    return {fact.id: fact.value(row, companies) for fact in FACTS}


def cells() -> Iterator[tuple[str, Callable[[Release, Sequence], object]]]:
    """The columns of a table that has every fact."""
    for fact in FACTS:
        yield from fact.cells.items()


def lines(row: Release, companies: Sequence, chinese: str) -> Iterator[Line]:
    """What a release has of them, for paper."""
    for fact in FACTS:
        yield from fact.lines(row, companies, chinese)


def _moment(name: str, label: str) -> Fact:
    """A day or an instant."""

    def of(row: Release, _companies: Sequence = ()) -> date | datetime | None:
        return getattr(row, name)

    def written(row: Release, _companies: Sequence) -> str | None:
        found = of(row)
        return found and found.isoformat()

    def said(row: Release, _companies: Sequence, chinese: str) -> Iterator[Line]:
        if found := of(row):
            yield label, *(_in_words(found, language) for language in (chinese, "en"))

    return Fact(name, written, {name: of}, said)


def _in_words(found: date | datetime, language: str) -> str:
    if isinstance(found, datetime):
        return formats.when(found, language, ZONE)
    return formats.day(found, language)


def _form(row: Release, _companies: Sequence, chinese: str) -> Iterator[Line]:
    if row.form:
        form = book.published()[row.form["id"], row.form["version"]]
        said = (f"{form.name.said(language)} ({form.version})" for language in (chinese, "en"))
        yield "form", *said


def _intermediary(signed: Mapping, companies: Sequence) -> dict[str, object]:
    client = next(each for each in companies if each.id == signed["company"])
    return {"company": client.slug, "names": {name: signed[name] for name in ("zh", "en", "script")}}


def _signed(row: Release, companies: Sequence, side: str) -> str:
    return ("、" if side == rules.CHINESE else "; ").join(
        endorsers.in_words(one, companies)[side] for one in row.intermediaries
    )


def _intermediaries(row: Release, companies: Sequence, _chinese: str) -> Iterator[Line]:
    for one in row.intermediaries:
        yield "intermediary", *(endorsers.in_words(one, companies)[side] for side in rules.SIDES)


def _answered(kept: Mapping, companies: Sequence) -> dict[str, object]:
    company = next(each for each in companies if each.id == kept["company"])
    return {"company": company.slug, "standard": kept["standard"]}


def _standard(row: Release, companies: Sequence, chinese: str) -> Iterator[Line]:
    if answering.kept(row):
        yield "standard", *(answering.several(row, companies, language) for language in (chinese, "en"))


def _urgent(row: Release, _companies: Sequence, _chinese: str) -> Iterator[Line]:
    if row.urgent:
        yield "urgent", row.urgent.zh, row.urgent.en


def _reason(side: str) -> Callable[[Release, Sequence], str | None]:
    return lambda row, _companies: getattr(row.urgent, side) if row.urgent else None


FACTS = (
    Fact(
        "form",
        lambda row, _: row.form,
        {
            "form": lambda row, _: row.form and row.form["id"],
            "form_version": lambda row, _: row.form and row.form["version"],
            "form_values": lambda row, _: row.form and canonical.encoded(row.form["values"]).decode(),
        },
        _form,
    ),
    # Its line on paper stands below both texts.
    Fact(
        "prevailing",
        lambda row, _: row.prevailing,
        {"prevailing": lambda row, _: row.prevailing},
        lambda *_: iter(()),
    ),
    _moment("period_end", "period"),
    _moment("event_on", "event"),
    Fact(
        "standard",
        lambda row, companies: [_answered(each, companies) for each in answering.kept(row)],
        {"standard": lambda row, _: answering.names(row)},
        _standard,
    ),
    Fact(
        "intermediaries",
        lambda row, companies: [_intermediary(each, companies) for each in row.intermediaries],
        {
            "intermediaries_zh": lambda row, companies: _signed(row, companies, "zh"),
            "intermediaries_en": lambda row, companies: _signed(row, companies, "en"),
        },
        _intermediaries,
    ),
    # Why the platform released it outside the windows.
    Fact(
        "urgent",
        lambda row, _: row.urgent and {"zh": row.urgent.zh, "en": row.urgent.en, "script": row.urgent.script},
        {"urgent_zh": _reason("zh"), "urgent_en": _reason("en")},
        _urgent,
    ),
    # The window in which the platform should have released it, and until when the company itself held it back then.
    _moment("missed", "missed"),
    _moment("held", "held"),
)

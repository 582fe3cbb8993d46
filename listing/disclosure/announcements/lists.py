"""Announcements as lists outside the page have them: with their companies, what they correct, and their documents.

Of what a reader may not read a list has what everybody knows, and nothing else. Decides which columns go into the files
beside those of ``facts``, and which language's document comes first for a reader; what is in a list is decided in
``searching``, how a file is written in listing/web/exports.py.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from listing.access.actor import Actor
from listing.companies import rows as companies
from listing.web.exports import Column

from . import facts, headlines, parties, queries, readers, rules, searching
from .categories import categories
from .models import Release
from .readers import Shown

BATCH = 500


class Listed(NamedTuple):
    """A release as a reader sees it, with its companies and the numbers of what it corrects and what corrected it.

    ``company`` prepared it and stands first among ``companies``.
    """

    release: Shown
    company: object
    companies: list
    corrects: str | None
    corrected_by: str | None


def listed(releases: Iterable[Release], person: Actor) -> list[Listed]:
    """These releases in their order, as a person sees them; in as many statements as for one."""
    several = readers.seen(releases, person)
    behind = parties.behind([row.id for row in several])
    known = {company.id: company for company in companies.of_ids({each for ids in behind.values() for each in ids})}
    before, after = queries.neighbours(several)
    return [
        Listed(
            row, known[row.company_id], [known[each] for each in behind[row.id]], before.get(row.id), after.get(row.id)
        )
        for row in several
    ]


def everything(asked: searching.Asked, person: Actor) -> Iterator[Listed]:
    """All that is asked for, newest first; read a batch at a time, so that no length fills the memory."""
    found = searching.page(asked, size=BATCH)
    yield from listed(found.rows, person)
    while found.before:
        found = searching.page(searching.below(asked, found.before), size=BATCH)
        yield from listed(found.rows, person)


def sides(documents: str, reader: str) -> tuple[str, ...]:
    """The languages of the documents in the order for a reader: as asked for, else by the language of the page."""
    english = (documents or reader) == rules.ENGLISH
    return tuple(reversed(rules.SIDES)) if english else rules.SIDES


def columns(*, reader: str, documents: str, base: str) -> tuple[Column, ...]:
    """The columns for a reader of that language; ``base`` is the full address of the list in it."""
    return (
        Column("number", lambda row: row.release.number),
        Column("released_at", lambda row: row.release.released_at),
        Column("market", lambda row: row.company.market),
        Column("code", lambda row: row.company.code),
        Column("company_zh", lambda row: row.company.name_zh),
        Column("company_en", lambda row: row.company.name_en),
        Column("all_codes", lambda row: " ".join(company.code for company in row.companies)),
        Column("category", lambda row: row.release.category),
        Column("category_label", lambda row: categories()[row.release.category].name.said(reader)),
        Column("visibility", lambda row: row.release.visibility),
        _of_text("headline", lambda row: row.release.headline),
        _of_text("headline_label", lambda row: _headline(row.release, reader)),
        _of_text("title_zh", lambda row: row.release.title.zh),
        _of_text("title_en", lambda row: row.release.title.en),
        *(_of_text(name, _of(cell)) for name, cell in facts.cells()),
        Column("corrects", lambda row: row.corrects),
        Column("corrected_by", lambda row: row.corrected_by),
        Column("url", lambda row: f"{base}/{row.release.number}"),
        *(column for side in sides(documents, reader) for column in _of_document(side, base)),
    )


def _of_text(name: str, read: Callable[[Listed], object]) -> Column:
    """A column that is empty where the reader may not read the announcement."""
    return Column(name, lambda row: None if row.release.withheld else read(row))


def _headline(row: Release, reader: str) -> str | None:
    found = headlines.headline(row.headline)
    return found.name.said(reader) if found else None


def _of(cell: Callable[[Release, list], object]) -> Callable[[Listed], object]:
    return lambda row: cell(row.release, row.companies)


def _of_document(side: str, base: str) -> tuple[Column, ...]:
    return (
        _of_text(f"text_{side}", lambda row: f"{base}/{row.release.number}/{side}.txt"),
        _of_text(f"sha256_{side}", lambda row: getattr(row.release, f"digest_{side}")),
    )

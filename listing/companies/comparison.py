"""Companies beside each other: the same facts in the same order, as far as the reader may see them.

Decides which rows a comparison has and what stands in each cell; a fact nobody gave is said to be missing, never left
empty. Key figures are those of the last full year, exact or in bands as the page of each company shows them; an exact
amount is converted only beside itself. One statement, however many companies.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from listing.access.actor import Actor, Tier
from listing.money import Money
from listing.rates.queries import Rates
from listing.rates.rules import Conversion
from listing.store.db import db
from listing.web import formats

from . import choices, figure_tables, figures, profile, rules
from .models import Company, Revision
from .queries import also_displayed

LEAST, MOST = 2, 5


class Cell(NamedTuple):
    """What stands in a cell and its language; empty where the company gave nothing.

    ``conversion`` is what an amount is in the currency chosen; ``unconverted`` that there is no rate for it.
    """

    text: str
    lang: str
    conversion: Conversion | None = None
    unconverted: bool = False


class Line(NamedTuple):
    """One row of the table: what is compared, and a cell for each company."""

    label: str
    cells: Sequence[Cell]


def on_display(slugs: Collection[str]) -> list[tuple[Company, Revision | None]]:
    """The companies on display at these addresses with what they show, in the order given."""
    clean = [slug for slug in slugs if "\0" not in slug]
    rows = db.session.execute(
        select(Company, Revision)
        .outerjoin(Revision, Revision.id == Company.revision_id)
        .where(Company.slug.in_(clean), also_displayed)
    )
    found = {company.slug: (company, revision) for company, revision in rows}
    return [found[slug] for slug in clean if slug in found]


def lines(shown: Sequence[tuple[Company, Revision | None]], *, person: Actor, reader: str) -> list[Line]:
    """The rows of the table for a reader of the interface language."""
    columns = [_column(company, revision, profile.tier_for(person, company), reader) for company, revision in shown]
    return [Line(label, [column[place] for column in columns]) for place, label in enumerate(_labels())]


def _labels() -> list[str]:
    return [
        _("Source"),
        _("Code"),
        _("Sector"),
        _("Stage"),
        _("Place"),
        _("Founded"),
        _("Languages"),
        _("On display since"),
        _("Last published"),
        _("In short"),
    ]


def _column(company: Company, revision: Revision | None, tier: Tier, reader: str) -> list[Cell]:
    facts = profile.facts(company, reader)
    passages = revision.shown["passages"] if revision else ()
    said = [
        choices.note(company.origin) or _("Shown by the company"),
        f"{facts.market} {company.code}",
        facts.sector,
        facts.stage,
        facts.place,
        str(company.founded or ""),
        choices.value_label("languages", company.languages) if company.languages else "",
        _day(company.displayed_at, reader),
        _day(revision.published_at, reader) if revision else "",
    ]
    text, lang = profile.summary(passages, tier=tier, english=reader == "en")
    return [*(Cell(value, reader) for value in said), Cell(text, lang or reader)]


def _day(instant: datetime, reader: str) -> str:
    return formats.day(instant.astimezone(rules.MARKET_ZONE).date(), reader)


def figure_lines(
    shown: Sequence[tuple[Company, Revision | None]], *, person: Actor, reader: str, rates: Rates | None, currency: str
) -> list[Line]:
    """The rows of key figures, those in which a company has something; amounts beside themselves in ``currency``."""
    columns = [_year(revision, profile.tier_for(person, company), reader) for company, revision in shown]
    labels = {"year": _("Last full year"), "audit": _("Audit")}
    keys = [*labels, *(item.id for item in figure_tables.items())]
    return [
        Line(
            labels.get(key) or figure_tables.label(key, reader),
            [_cell(column.get(key, ""), reader, rates, currency) for column in columns],
        )
        for key in keys
        if any(key in column for column in columns)
    ]


def _year(revision: Revision | None, tier: Tier, reader: str) -> dict[str, str | Money]:
    """The last full year as far as ``tier`` sees it: amounts where they are exact, words for all else."""
    found = figures.of_revision(revision.content if revision else None)
    seen, last = figures.seen(found, tier), figures.last_year(found) if found else None
    if seen is None or last is None:
        return {}
    year, audited = figure_tables.head(last, reader)
    if seen is not found:
        money = {"revenue": found.currency}
        bands = {key: figure_tables.band(each, money.get(key), reader) for key, each in seen.items()}
        return {"year": year} | bands
    amounts = {item.id for item in figure_tables.items() if item.kind == "amount"}
    told = {
        key: Money(value, found.currency) if key in amounts else formats.number(value, reader)
        for key, value in last.values.items()
    }
    return {"year": year, "audit": audited} | told


def _cell(value: str | Money, reader: str, rates: Rates | None, currency: str) -> Cell:
    if isinstance(value, str):
        return Cell(value, reader)
    text = formats.money(value, reader)
    if rates is None or value.currency == currency:
        return Cell(text, reader)
    conversion = rates.beside(value, currency)
    return Cell(text, reader, conversion, conversion is None)

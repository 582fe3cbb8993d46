"""The page that puts two to five companies beside each other; which ones stands in its address."""

from flask import Blueprint, render_template, request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.money import CURRENCIES
from listing.rates import queries as rates_of
from listing.web import formats
from listing.web.page import language, now

from . import comparison, queries
from .directory import MOST_TYPED, Selection

bp = Blueprint("comparing", __name__)

MOST_OFFERED = 6


@bp.get("/<ui:lang>/companies/compare")
@requires(Permission.PUBLIC)
def index():
    """The companies named by ``c`` beside each other, and a search that adds another."""
    asked = list(dict.fromkeys(request.args.getlist("c")))
    shown = comparison.on_display(asked[: comparison.MOST])
    words = " ".join(request.args.get("q", "")[:MOST_TYPED].split())
    slugs = [company.slug for company, _revision in shown]
    currency = request.args.get("currency", "")
    kept = {"currency": currency} if currency in CURRENCIES else {}
    figures = _figures(shown, kept.get("currency", ""))
    return render_template(
        "companies/compare.html",
        shown=shown,
        lines=comparison.lines(shown, person=actor(), reader=language()),
        figures=figures,
        conversions=_by_currency(figures),
        currency=kept.get("currency", ""),
        unknown_currency=bool(currency and not kept),
        currencies=[(code, formats.currency(code, language())) for code in CURRENCIES],
        slugs=slugs,
        words=words,
        offered=_offered(words, slugs),
        with_=lambda slug: url_for("comparing.index", c=[*slugs, slug], **kept),
        without=lambda slug: url_for("comparing.index", c=[one for one in slugs if one != slug], **kept),
        too_many=len(asked) > comparison.MOST,
        gone=len(asked[: comparison.MOST]) - len(shown),
        most=comparison.MOST,
        least=comparison.LEAST,
    )


def _figures(shown, currency: str) -> list[comparison.Line]:
    """The rows of key figures, in the currency chosen where one is."""
    rates = rates_of.Rates(rates_of.today(now())) if currency else None
    return comparison.figure_lines(shown, person=actor(), reader=language(), rates=rates, currency=currency)


def _by_currency(lines: list[comparison.Line]):
    """One conversion for each currency converted: the note says its rate once for the whole table."""
    found = [cell.conversion for line in lines for cell in line.cells if cell.conversion]
    return {one.original.currency: one for one in found}.values()


def _offered(words: str, slugs: list[str]):
    if not words or not words.isprintable() or len(slugs) >= comparison.MOST:
        return []
    found = queries.page(Selection(q=words, sort="relevance"), actor().tier).cards
    return [card for card in found if card.slug not in slugs][:MOST_OFFERED]

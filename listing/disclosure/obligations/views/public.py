"""How a company discloses, and the market as a whole, for everybody: computed, and never typed in."""

from flask import abort, jsonify, render_template
from flask_babel import gettext as _

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.companies import catalogue, figure_tables
from listing.companies.rules import DISPLAYED
from listing.disclosure import standards
from listing.disclosure import wording as disclosure
from listing.journal.queries import LogBroken
from listing.web.page import language, now

from .. import proofs, queries, rules, scores, told, wording
from .. import standing as standings
from .blueprint import bp, company_of

PATH = "/<ui:lang>/companies/<slug>/disclosure"


def _calendar(slug: str) -> queries.Calendar:
    company = company_of(slug)
    if company.status != DISPLAYED:
        abort(404)
    return queries.calendar(company, now())


@bp.get(PATH)
@requires(Permission.PUBLIC)
def standing(slug: str):
    """The tier of a company, what it disclosed of it and in time, and what is missing by when."""
    calendar = _calendar(slug)
    return render_template(
        "obligations/standing.html",
        company=calendar.company,
        calendar=calendar,
        completeness=rules.completeness(calendar.lines),
        scores=standings.of_company(calendar),
        disclosure=disclosure,
        wording=wording,
    )


@bp.get(f"{PATH}/marks/<int:number>/receipt.json")
@requires(Permission.PUBLIC)
def mark_receipt(slug: str, number: int):
    """Everything to check without us when a mark, named by its first entry, began and was lifted."""
    company = _calendar(slug).company
    mark = queries.mark(company.id, number) or abort(404)
    try:
        return jsonify(proofs.receipt(company, mark))
    except LogBroken:
        abort(503)


@bp.get(f"{PATH}/json")
@requires(Permission.PUBLIC)
def standing_json(slug: str):
    """The same for programs."""
    return jsonify(told.completeness(_calendar(slug)))


MARKET = "/<ui:lang>/standing"


@bp.get(MARKET)
@requires(Permission.PUBLIC)
def market():
    """The scores of the market as a whole, by tier and by market."""
    found, reader = standings.of_market(), language()
    tiers = {code: label.said(reader) for code, label in standards.latest().tiers.items()}
    return render_template(
        "obligations/market.html",
        market=found,
        labels={"tier": tiers | {"": _("In no tier")}, "market": catalogue.labels("market", reader)},
        chart=_chart(found, tiers, reader),
        definitions=scores.definitions().values(),
        wording=wording,
    )


def _chart(found: standings.Market, tiers: dict[str, str], reader: str):
    """Punctuality of the whole and of each tier that has a score; None where nobody has one."""
    groups = [(_("The market as a whole"), found.whole)]
    groups += [(tiers.get(one.code, one.code), one) for one in found.by_tier if one.code]
    rows = [(label, one.scores[0].percent) for label, one in groups if one.scores[0].percent is not None]
    return figure_tables.percents(wording.SCORES[scores.PUNCTUALITY], rows, reader) if rows else None


@bp.get(f"{MARKET}/json")
@requires(Permission.PUBLIC)
def market_json():
    """The same for programs."""
    return jsonify(told.market(standings.of_market()))

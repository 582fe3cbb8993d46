"""The page on which an enterprise sees who reads one of its companies, and the same as files."""

from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from listing.access.actor import Tier
from listing.access.gate import requires
from listing.access.permission import Permission
from listing.web import exports
from listing.web.exports import Column
from listing.web.page import language, now

from . import figure_tables, queries, readership, rules, watched
from .models import Company

bp = Blueprint("readers", __name__)
PATH = "/<ui:lang>/studio/companies/<slug>/readers"

WHAT_LABELS = {
    "page": _l("Page opened"),
    "factsheet": _l("Factsheet opened"),
    "document": _l("Document opened"),
    "watch": _l("Began to watch"),
}
TIER_LABELS = {
    Tier.PUBLIC: _l("Not signed in"),
    Tier.REGISTERED: _l("People with an account"),
    Tier.ADMITTED: _l("Admitted investors"),
}
COLUMNS = (
    Column("day", lambda line: line.day),
    Column("opened", lambda line: line.what),
    Column("reader", lambda line: line.tier.name.lower()),
    Column("institution_zh", lambda line: line.institution.name_zh if line.institution else None),
    Column("institution_en", lambda line: line.institution.name_en if line.institution else None),
    Column("number", lambda line: line.number),
)


def company_of(slug: str) -> Company:
    """The company at that address, whatever its status."""
    found = queries.by_slug(slug)
    return found[0] if found else abort(404)


def _days() -> int:
    """How many last days are asked for, today among them."""
    asked = request.args.get("days", "")
    return next((days for days in rules.READING_DAYS if str(days) == asked), rules.READING_DAYS[1])


def _since() -> date:
    return readership.day_of(now()) - timedelta(days=_days() - 1)


@bp.get(PATH)
@requires(Permission.READERS_VIEW, subject=company_of)
def index(slug: str):
    """How often it was opened by whom, from its page to watching it."""
    company = company_of(slug)
    steps = readership.funnel(company.id, since=_since())
    rows = [(str(WHAT_LABELS[step.what]), step.total) for step in steps]
    return render_template(
        "companies/readers.html",
        company=company,
        steps=steps,
        chart=figure_tables.counts(_("From the page to watching"), rows, language()),
        institutions=readership.institutions(company.id, since=_since()),
        watching=watched.watchers([company.id]).get(company.id, 0),
        what_labels=WHAT_LABELS,
        tier_labels=list(TIER_LABELS.values()),
        days=_days(),
        all_days=rules.READING_DAYS,
        since=_since(),
        kept=rules.READINGS_KEPT.days,
    )


@bp.get(f"{PATH}.csv")
@requires(Permission.READERS_VIEW, subject=company_of)
def csv(slug: str):
    """The counts by day for spreadsheets."""
    return exports.as_csv(_lines(slug), COLUMNS, name=f"{slug}-readers.csv")


@bp.get(f"{PATH}.json")
@requires(Permission.READERS_VIEW, subject=company_of)
def json(slug: str):
    """The counts by day for programs."""
    page = url_for("companies.show", slug=slug, _external=True)
    about = {"company": page, "since": _since().isoformat(), "generated_at": now().isoformat()}
    return exports.as_json(_lines(slug), COLUMNS, name=f"{slug}-readers.json", items="readers", about=about)


def _lines(slug: str):
    return readership.lines(company_of(slug).id, since=_since())

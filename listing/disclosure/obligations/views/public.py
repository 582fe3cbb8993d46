"""How completely and punctually a company discloses, for everybody: item by item, computed and never typed in."""

from flask import abort, jsonify, render_template

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.companies.rules import DISPLAYED
from listing.disclosure import wording as disclosure
from listing.web.page import now

from .. import ladder, queries, rules, told, wording
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
        punctuality=rules.punctuality(calendar.lines),
        marked=ladder.marked(calendar.lines),
        disclosure=disclosure,
        wording=wording,
    )


@bp.get(f"{PATH}/json")
@requires(Permission.PUBLIC)
def standing_json(slug: str):
    """The same for programs."""
    return jsonify(told.completeness(_calendar(slug)))

"""A company as a card that other sites show in a frame: names, sector, place, and the way to its page.

The card is the same for every visitor, so that it may be kept anywhere; it looks at no session and holds nothing that
the directory does not tell everybody.
"""

from flask import Blueprint, abort, make_response, render_template

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.web import headers
from listing.web.page import language

from . import profile, queries, rules

bp = Blueprint("embedding", __name__)
KEPT = "public, max-age=3600"


@bp.get("/embed/<ui:lang>/companies/<slug>")
@requires(Permission.PUBLIC)
def card(slug: str):
    """The card of a company on display."""
    company, _revision = queries.by_slug(slug) or abort(404)
    if company.status != rules.DISPLAYED:
        abort(404)
    page = render_template("companies/embed.html", company=company, facts=profile.facts(company, language()))
    answer = headers.framed(make_response(page))
    answer.headers["Cache-Control"] = KEPT
    return answer

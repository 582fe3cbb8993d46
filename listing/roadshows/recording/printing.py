"""The record of a roadshow as PDF, for whoever sees its page and holding what that page shows them."""

from flask import Response, abort, request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.companies.factsheet import printed
from listing.files.rules import disposition
from listing.roadshows import queries as roadshows
from listing.roadshows.operations import planning
from listing.roadshows.views.blueprint import HOME, public
from listing.web.page import now

from . import paper, shown


@public.get(f"{HOME}/<code>/record.pdf")
@requires(Permission.PUBLIC)
def record_pdf(code: str):
    """The record, once the roadshow is over; 503 on a machine without the fonts."""
    show = roadshows.shown(code) or abort(404)
    if planning.standing(show, now()) not in shown.OVER:
        abort(404)
    url = url_for("roadshows.show", code=code, lang="en", _external=True)
    own = accounts.organisation(show.organisation_id)
    organizer = Pair(own.name_zh or "", own.name_en or "")
    data = paper.content(shown.of(show, actor()), organizer, url=url, qr=printed.code(url))
    answer = Response(printed.pdf(data, paper.TEMPLATE) or abort(503), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{code}-record.pdf")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)

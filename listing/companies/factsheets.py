"""The factsheet of a company: the part open to every reader by GET, a marked copy of the admitted part by POST.

A copy is recorded, and a GET never writes; that is why the two are asked for differently.
"""

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for

from listing.access.actor import Tier
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.files.rules import disposition
from listing.store.db import db
from listing.web import formats
from listing.web.page import now

from . import profile, queries, rules, suiting
from .counted import counted
from .factsheet import press, printed
from .factsheet.content import Asked, Copy, content, script_of
from .models import Company, Revision
from .operations.copying import record_copy

bp = Blueprint("factsheets", __name__)

Found = tuple[Company, Revision | None]


def company_of(slug: str, **_view: object) -> Company:
    """The company at an address, for the gate."""
    return _found(slug)[0]


def _found(slug: str) -> Found:
    """The company and what it shows: nothing but facts while suspended; gone when withdrawn."""
    company, revision = queries.by_slug(slug) or abort(404)
    if company.status == rules.WITHDRAWN:
        abort(410)
    return company, revision if company.status == rules.DISPLAYED else None


@bp.get("/<ui:lang>/companies/<slug>/factsheet.pdf")
@requires(Permission.PUBLIC)
def show(slug: str):
    """The sheet as far as this reader may see it without a record of it."""
    found = _found(slug)
    counted(found[0], "factsheet")
    tier = min(profile.tier_for(actor(), found[0]), Tier.REGISTERED)
    answer = _answer(found, _asked(found, tier))
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.add_etag()
    return answer.make_conditional(request)


@bp.post("/<ui:lang>/companies/<slug>/factsheet.pdf")
@requires(Permission.COMPANY_COPY, subject=company_of)
def copy(slug: str):
    """A copy for this person: what admitted readers see, with a mark on every page and a line in the record."""
    found, person = _found(slug), actor()
    if press.missing(_fonts()):
        return _unavailable()
    script = script_of(*found, _wanted())
    try:
        number = record_copy(company=found[0], revision=found[1], script=script, actor=person, now=now())
    except rules.NotSuited:
        return suiting.settled(slug)
    db.session.commit()
    counted(found[0], "factsheet")
    own = (accounts.organisations_of(person) or [None])[0]
    institution = {"zh": own.name_zh or own.name_en, "en": own.name_en or own.name_zh} if own else {"zh": "", "en": ""}
    at = formats.when(now(), "en", "Asia/Hong_Kong")
    return _answer(found, _asked(found, Tier.ADMITTED, Copy(person.label, institution, at, number)))


def _wanted() -> str:
    value = request.args.get("script", "")
    return value if value in profile.SCRIPTS else ""


def _asked(found: Found, tier: Tier, made: Copy | None = None) -> Asked:
    company, revision = found
    url = url_for("companies.show", slug=company.slug, _external=True)
    day = (revision.published_at if revision else company.status_at).astimezone(rules.MARKET_ZONE).date()
    return Asked(tier, script_of(company, revision, _wanted()), url, printed.code(url), day, made)


def _answer(found: Found, asked: Asked) -> Response:
    """The sheet, from the shelf where it lies; a copy is never put there. Or the page that says why there is none."""
    data = content(*found, asked)
    if press.missing(_fonts()):
        return _unavailable()
    made = press.pdf(data, folder=_fonts()) if asked.copy else printed.pdf(data)
    number = f"-r{found[1].number}" if found[1] else ""
    name = f"baybridge-{found[0].slug}{number}-{asked.script.lower()}.pdf"
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": disposition(name)})


def _fonts() -> str:
    return current_app.config["FONTS_FOLDER"]


def _unavailable() -> Response:
    return current_app.make_response((render_template("companies/factsheet_unavailable.html"), 503))

"""The picture of a company that a link to its page shows elsewhere (Open Graph): both names, sector and place."""

import json
from hashlib import sha256

from flask import Blueprint, Response, abort, current_app
from flask_babel import gettext as _

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.web.page import language

from . import choices, profile, queries, rules
from .factsheet import press, shelf
from .models import Company

bp = Blueprint("covers", __name__)
KEPT = "public, max-age=86400"


@bp.get("/<ui:lang>/companies/<slug>/cover.png")
@requires(Permission.PUBLIC)
def show(slug: str):
    """The picture, from the shelf where it lies; a machine without the fonts has none."""
    company, _revision = queries.by_slug(slug) or abort(404)
    folder = current_app.config["FONTS_FOLDER"]
    if company.status != rules.DISPLAYED or press.missing(folder):
        abort(404)
    data = _data(company)
    key = sha256(json.dumps([data, press.edition(folder), press.COVER.read_text("utf-8")]).encode()).hexdigest()
    shelved = current_app.config["FACTSHEET_CACHE"]
    made = shelf.kept(shelved, f"{key}-cover", lambda: press.cover(data, folder=folder))
    return Response(made, mimetype="image/png", headers={"Cache-Control": KEPT})


def _data(company: Company) -> dict:
    facts = profile.facts(company, language())
    region = "HK" if company.name_script == "Hant" else "CN"
    names = [
        {"text": company.name_zh, "lang": "zh", "region": region},
        {"text": company.name_en, "lang": "en", "region": "GB"},
    ]
    ordered = reversed(names) if language() == "en" else names
    told = [choices.note(company.origin), facts.sector, facts.place, f"{facts.market} {company.code}"]
    return {
        "brand": _("Baybridge"),
        "names": [name for name in ordered if name["text"]],
        "facts": [fact for fact in told if fact],
    }

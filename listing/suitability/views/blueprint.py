"""What the pages of suitability share: their blueprint, and whose admission and which company an address is about."""

from flask import Blueprint, abort

from listing.admission import queries as admissions
from listing.companies import queries as companies
from listing.companies.rules import DISPLAYED

bp = Blueprint("suitability", __name__)

DESK = "/<ui:lang>/desk/suitability"


def application_of(institution_id: int, **_rest) -> admissions.Application | None:
    """The last application of the institution that an address names; without one there is nothing to ask."""
    return admissions.last_of(institution_id)


def company_of(slug: str) -> companies.Company:
    """The company of an address, while it is on display; or no page."""
    found = companies.by_slug(slug)
    return found[0] if found and found[0].status == DISPLAYED else abort(404)

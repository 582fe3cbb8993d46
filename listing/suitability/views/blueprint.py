"""What the pages of suitability share: their blueprint, and whose admission an address is about."""

from flask import Blueprint

from listing.admission import queries as admissions

bp = Blueprint("suitability", __name__)

DESK = "/<ui:lang>/desk/suitability"


def application_of(institution_id: int, **_rest) -> admissions.Application | None:
    """The last application of the institution that an address names; without one there is nothing to ask."""
    return admissions.last_of(institution_id)

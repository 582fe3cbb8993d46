"""What the pages of an application share: their address, and finding the application a request is about."""

from flask import Blueprint

from listing.admission import queries
from listing.admission.models import Application

bp = Blueprint("admission", __name__)

PATH = "/<ui:lang>/desk/admission/<int:application_id>"


def of_address(application_id: int, **_rest) -> Application | None:
    """The application that an address names."""
    return queries.application(application_id)

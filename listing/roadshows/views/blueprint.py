"""What the pages of roadshows share: their addresses, and finding the roadshow a request is about."""

from flask import Blueprint

from listing.roadshows import queries
from listing.roadshows.models import Roadshow

public = Blueprint("roadshows", __name__)
managing = Blueprint("planning", __name__)

HOME = "/<ui:lang>/roadshows"
DESK = "/<ui:lang>/events/manage/roadshows"
PATH = f"{DESK}/<int:roadshow_id>"


def of_address(roadshow_id: int, **_rest) -> Roadshow | None:
    """The roadshow that an organizer's address names."""
    return queries.by_id(roadshow_id)

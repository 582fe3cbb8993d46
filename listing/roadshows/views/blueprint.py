"""What the pages of roadshows share: their addresses, and finding the roadshow a request is about."""

from flask import Blueprint, request

from listing.roadshows import queries
from listing.roadshows.models import Day, Roadshow
from listing.web.page import now

public = Blueprint("roadshows", __name__)
managing = Blueprint("planning", __name__)

HOME = "/<ui:lang>/roadshows"
DESK = "/<ui:lang>/events/manage/roadshows"
PATH = f"{DESK}/<int:roadshow_id>"


def asked_day(show: Roadshow) -> Day | None:
    """The day that the address asks for, else the first that is not over, else the last one."""
    asked = request.args.get("day", type=int)
    coming = (day for day in show.days if day.ends_at > now())
    return next((day for day in show.days if day.id == asked), None) or next(coming, [None, *show.days][-1])


def of_address(roadshow_id: int, **_rest) -> Roadshow | None:
    """The roadshow that an organizer's address names."""
    return queries.by_id(roadshow_id)

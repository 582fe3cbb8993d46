"""What the pages of companies share: their addresses, and finding the part a request is about."""

from flask import Blueprint, abort

from listing.companies import queries as companies
from listing.roadshows.models import Session
from listing.roadshows.presenting import queries, rules
from listing.roadshows.presenting.models import Presentation

bp = Blueprint("presenting", __name__)

STUDIO = "/<ui:lang>/studio/roadshows/<int:presentation_id>"


def company_of(presentation_id: int, **_rest) -> companies.Company | None:
    """The company that a studio's address is about, once it was asked; before that there is nothing there."""
    row = queries.by_id(presentation_id)
    knows = row is not None and (row.asked_at or row.on_paper)
    return companies.by_id(row.company_id) if knows and row.state != rules.PLANNED else None


def part_of(roadshow_id: int, presentation_id: int) -> Presentation:
    """The part that an organizer's address names, or no page."""
    row = queries.by_id(presentation_id)
    return row if row and row.session.day.roadshow_id == roadshow_id else abort(404)


def session_of(presentation_id: int) -> Session:
    """The session in which a company presents that has agreed, or no page."""
    row = queries.by_id(presentation_id)
    return row.session if row and row.state == rules.CONFIRMED else abort(404)

"""What the pages of announcements share: their addresses, and what a request is about."""

from flask import Blueprint, current_app

from listing.companies import queries as companies
from listing.disclosure.announcements import parties, queries, rules, windows
from listing.disclosure.announcements.models import Announcement

bp = Blueprint("announcements", __name__)

PUBLIC = "/<ui:lang>/announcements"
OWN = "/<ui:lang>/studio/companies/<slug>/announcements"
PATH = "/<ui:lang>/studio/announcements/<int:announcement_id>"


def of_address(announcement_id: int, **_rest) -> Announcement | None:
    """The announcement that an address names."""
    return queries.by_id(announcement_id)


def written_for(announcement_id: int, **_rest) -> rules.Subject | None:
    """Whose announcement an address names, with the agents that prepare it and the companies that take part."""
    row = queries.by_id(announcement_id)
    return row and parties.subject(row)


def spoken_for(slug: str, **_rest) -> rules.Subject | None:
    """Whose company an address names, with the agents that prepare its announcements."""
    company = company_of(slug)
    return company and queries.about(company_id=company.id, organisation_id=company.organisation_id)


def company_of(slug: str, **_rest):
    """The company that an address names, if an enterprise speaks for it."""
    found = companies.by_slug(slug)
    return found[0] if found and found[0].organisation_id else None


def plan() -> windows.Plan:
    """The publication windows of this installation."""
    return windows.of(current_app.config["ANNOUNCEMENT_WINDOWS"])

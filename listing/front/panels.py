"""What a lower room's page shows of a higher one: the company page knows of roadshows, announcements and tiers here.

Decides nothing; hands the queries of the higher room to the templates.
"""

from typing import NamedTuple

from flask import Flask

from listing.disclosure.announcements import queries as announcements
from listing.disclosure.announcements.models import Release
from listing.disclosure.obligations import ladder
from listing.disclosure.obligations import queries as obligations
from listing.disclosure.obligations import rules as standing
from listing.disclosure.obligations import wording as duties
from listing.disclosure.tenures import queries as tenures
from listing.roadshows import queries as roadshows
from listing.web.page import language, now

SHOWN = 3  # announcements on the page of a company


def next_session(company_id: int) -> roadshows.Session | None:
    """The next session of a company at any roadshow."""
    return roadshows.next_of_company(company_id, now())


def latest_announcements(company_id: int) -> list[Release]:
    """What a company announced last."""
    return announcements.latest(company_id, SHOWN)


class Disclosure(NamedTuple):
    """What the page of a company says of its disclosure: the tier, how complete it is, and what carries the mark."""

    tier: str
    completeness: standing.Share
    marked: list[standing.Line]


def disclosure(company) -> Disclosure | None:
    """How a company in a tier discloses; None for one in no tier."""
    tenure = tenures.tenure(company.id)
    if tenure is None:
        return None
    lines = obligations.calendar(company, now()).lines
    return Disclosure(duties.tier(tenure.name, language()), standing.completeness(lines), ladder.marked(lines))


def init_app(app: Flask) -> None:
    """Offer the panels to the templates."""
    offered = {"latest_announcements": latest_announcements, "next_session": next_session, "disclosure_of": disclosure}
    app.jinja_env.globals.update(offered)

"""What a lower room's page shows of a higher one: the company page knows of roadshows and announcements through here.

Decides nothing; hands the queries of the higher room to the templates.
"""

from flask import Flask

from listing.disclosure.announcements import queries as announcements
from listing.disclosure.announcements.models import Release
from listing.roadshows import queries as roadshows
from listing.web.page import now

SHOWN = 3  # announcements on the page of a company


def next_session(company_id: int) -> roadshows.Session | None:
    """The next session of a company at any roadshow."""
    return roadshows.next_of_company(company_id, now())


def latest_announcements(company_id: int) -> list[Release]:
    """What a company announced last."""
    return announcements.latest(company_id, SHOWN)


def init_app(app: Flask) -> None:
    """Offer the panels to the templates."""
    app.jinja_env.globals.update(latest_announcements=latest_announcements, next_session=next_session)

"""What a lower room's page shows of a higher one: the company page knows of roadshows through here.

Decides nothing; hands the queries of the higher room to the templates.
"""

from flask import Flask

from listing.roadshows import queries as roadshows
from listing.web.page import now


def next_session(company_id: int) -> roadshows.Session | None:
    """The next session of a company at any roadshow."""
    return roadshows.next_of_company(company_id, now())


def init_app(app: Flask) -> None:
    """Offer the panels to the templates."""
    app.jinja_env.globals["next_session"] = next_session

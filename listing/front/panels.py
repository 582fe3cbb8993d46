"""What a lower room's page shows of a higher one: the company page knows of roadshows, announcements, tiers and
suitability here.

Decides nothing; hands the queries of the higher room to the templates.
"""

from typing import NamedTuple

from flask import Flask

from listing.access.gate import actor
from listing.disclosure.announcements import readers, searching
from listing.disclosure.announcements.categories import categories
from listing.disclosure.obligations import queries as obligations
from listing.disclosure.obligations import rules, standing
from listing.disclosure.obligations import wording as duties
from listing.disclosure.obligations.scores import Score
from listing.disclosure.tenures import queries as tenures
from listing.roadshows import queries as roadshows
from listing.suitability import queries as suitability
from listing.suitability.matrix import PAPERS
from listing.web.page import language, now

SHOWN = 3  # announcements on the page of a company


def next_session(company_id: int) -> roadshows.Session | None:
    """The next session of a company at any roadshow."""
    return roadshows.next_of_company(company_id, now())


def latest_announcements(company_id: int) -> list[readers.Shown]:
    """What a company announced last, as this person sees it."""
    return readers.seen(searching.latest(company_id, SHOWN), actor())


def announces(shown: readers.Withheld) -> str:
    """What an announcement is about whose title not everybody reads."""
    return categories()[shown.category].name.said(language())


class Disclosure(NamedTuple):
    """What the page of a company says of its disclosure.

    ``tier`` is empty in none; ``scores`` are those with cases enough: name, score, and what it stands on in words.
    """

    tier: str
    completeness: rules.Share
    marked: list[rules.Line]
    scores: list[tuple[str, Score, str]]


def disclosure(company, announced: bool) -> Disclosure | None:
    """How a company discloses; None for one in no tier of whose announcements nothing can be said yet."""
    tenure = tenures.tenure(company.id)
    if tenure is None and not announced:
        return None
    calendar = obligations.calendar(company, now())
    shown = [one for one in standing.of_company(calendar) if one.percent is not None]
    if tenure is None and not shown:
        return None
    return Disclosure(
        duties.tier(calendar.now_held.name, language()) if tenure else "",
        rules.completeness(calendar.lines),
        calendar.marked,
        [(duties.SCORES[one.definition.id], one, duties.stands_on(one)) for one in shown],
    )


class Suitability(NamedTuple):
    """What the page of a company says to a reader whose institution is admitted."""

    institution_id: int
    suited: suitability.Suited
    closes: bool  # its papers, until that is settled


def suitability_of(company) -> Suitability | None:
    """How a company on display suits the reader's institution, the first whose admission is in force; else None."""
    own = actor().acts_for
    found = suitability.suited(own, [company.id], now()).get(company.id) if own else None
    if found is None:
        return None
    closes = PAPERS in found.verdict.matrix.acts and not found.open
    return Suitability(own, found, closes and actor().membership(company.organisation_id) is None)


def init_app(app: Flask) -> None:
    """Offer the panels to the templates."""
    offered = {"latest_announcements": latest_announcements, "next_session": next_session, "disclosure_of": disclosure}
    offered |= {"suitability_of": suitability_of, "announces": announces}
    app.jinja_env.globals.update(offered)

"""What the pages of one-to-ones share: their addresses, finding what a request is about, and the names on a page."""

from collections.abc import Iterable

from flask import Blueprint, abort

from listing.access.gate import actor
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.companies import queries as companies
from listing.roadshows import agenda
from listing.roadshows import queries as roadshows
from listing.roadshows.meetings import queries
from listing.roadshows.meetings.models import Round, Run
from listing.roadshows.models import Day, Registration, Roadshow

bp = Blueprint("meetings", __name__)

DESK = "/<ui:lang>/events/manage/roadshows/<int:roadshow_id>/days/<int:day_id>/meetings"
INVESTOR = "/<ui:lang>/roadshows/<code>/days/<int:day_id>/meetings"
STUDIO = "/<ui:lang>/studio/companies/<slug>/days/<int:day_id>/meetings"


def of_address(roadshow_id: int, **_rest) -> Roadshow | None:
    """The roadshow that an organizer's address names."""
    return roadshows.by_id(roadshow_id)


def day_of(roadshow_id: int, day_id: int) -> Day:
    """The day that an organizer's address names, or no page."""
    return roadshows.day_of(roadshow_id, day_id) or abort(404)


def round_of(roadshow_id: int, day_id: int) -> Round:
    """The one-to-ones that an organizer's address names, or no page."""
    return queries.of_day(day_of(roadshow_id, day_id).id) or abort(404)


def place_of(code: str, day_id: int) -> tuple[Roadshow, Round, Registration | None]:
    """The one-to-ones that an investor's address names, and how the reader's registration stands; or no page."""
    show = roadshows.shown(code) or abort(404)
    found = queries.of_day((roadshows.day_of(show.id, day_id) or abort(404)).id) or abort(404)
    return show, found, roadshows.registration(day_id, actor().user_id)


def company_of(slug: str, **_rest) -> companies.Company | None:
    """The company of a studio's address; an unknown one is not there."""
    found = companies.by_slug(slug)
    return found[0] if found else None


def presenter_of(slug: str, day_id: int) -> tuple[companies.Company, Round]:
    """The company of a studio's address and the one-to-ones of a day on whose agenda it is; or no page."""
    own, found = company_of(slug), queries.of_day(day_id) or abort(404)
    presents = own.id in {session.company_id for session in found.day.sessions}
    return (own, found) if presents or queries.party(found, company_id=own.id) else abort(404)


def labels(found: Round) -> list[tuple[int, str]]:
    """The slots as forms name them."""
    zone = found.day.roadshow.zone
    return [(number, agenda.hours(*slot, zone)) for number, slot in enumerate(found.slots.times())]


def names(rows: Iterable[Registration], companies: Iterable[int]) -> dict[str, dict]:
    """Everybody on a page by number: the people, their institutions, and the companies."""
    kept = list(rows)
    return {
        "guests": {row.id: row for row in kept},
        "people": accounts.people({row.account_id for row in kept}),
        "institutions": accounts.organisations({row.organisation_id for row in kept}),
        "companies": presentable.of(set(companies)),
    }


def names_of(run: Run | None, *, guests: Iterable[Registration] = (), companies: Iterable[int] = ()) -> dict[str, dict]:
    """The names of a timetable, those of its wishes not met included, and of these besides."""
    met = [meeting.registration for meeting in run.meetings] if run else []
    unmet = run.unmet if run else []
    known = {row.id for row in (*met, *guests)}
    others = queries.registrations({row[0] for row in unmet} - known)
    theirs = {meeting.company_id for meeting in run.meetings} | {row[1] for row in unmet} if run else set()
    return names([*met, *guests, *others.values()], theirs | set(companies))

"""What companies and organizers tell each other by mail about a company's part in a roadshow. Only queues.

Owners of a company are written to; owners and editors answer. Nothing typed stands in a letter: it leads to the page.
"""

from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.companies import presentable
from listing.companies import queries as companies
from listing.notifications import operations as outbox
from listing.roadshows.models import Roadshow

from . import queries, rules
from .models import Presentation

ASKED, REMINDED, NOTED, WITHDRAWN, MOVED, CANCELLED = "asked", "reminded", "noted", "withdrawn", "moved", "cancelled"


def owners(company_id: int) -> list:
    """Who decides for a company; nobody, where no organisation here has it."""
    organisation = accounts.organisation(companies.by_id(company_id).organisation_id or 0)
    members = accounts.members(organisation) if organisation else []
    return [m.user for m in members if m.role == people.OWNER and m.user.active]


def company(row: Presentation, event: str, now: datetime) -> None:
    """Tell a company's owners that it is asked, reminded, noted as agreed, not asked any more, moved or called off."""
    name = presentable.of({row.company_id})[row.company_id].name
    for person in owners(row.company_id):
        told = {
            "event": event,
            "company": name.shown(person.language).text,
            "answer_by": row.answer_by and row.answer_by.isoformat(),
        }
        path = f"/{person.language}/studio/roadshows/{row.id}"
        _queue("roadshow_company", f"{row.id}:{event}", row, person, path, told, now)


def organizer(row: Presentation, now: datetime) -> None:
    """Tell those who plan a roadshow what a company answered."""
    name = presentable.of({row.company_id})[row.company_id].name
    show = row.session.day.roadshow
    planners = accounts.members(accounts.organisation(show.organisation_id))
    for person in (m.user for m in planners if m.role in (people.OWNER, people.EDITOR) and m.user.active):
        told = {"confirmed": row.state == rules.CONFIRMED, "company": name.shown(person.language).text}
        path = f"/{person.language}/events/manage/roadshows/{show.id}/companies"
        _queue("roadshow_answered", f"{row.id}:{row.state}", row, person, path, told, now)


def everybody(show: Roadshow, event: str, now: datetime) -> None:
    """Tell all companies of a roadshow that know of it."""
    for row in queries.of_roadshow(show, rules.TOLD):
        company(row, event, now)


def _queue(message: str, what: str, row: Presentation, person, path: str, told: dict, now: datetime) -> None:
    session, to = row.session, letters.address(person)
    show = session.day.roadshow
    data = told | {
        "path": path,
        "title": show.title.shown(to.language).text,
        "venue": session.day.venue.shown(to.language).text,
        "starts_at": session.begins_at.isoformat(),
    }
    key = f"{message}:{what}:{int(now.timestamp())}:{person.id}"
    outbox.queue(key=key, message=message, to=to, data=data, now=now, until=session.ends_at)

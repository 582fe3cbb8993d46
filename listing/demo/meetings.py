"""One-to-ones on the first day of the demo roadshow: an admitted investor and companies wish, and a preview stands.

Wishes stay open until the evening before, so that whoever signs in can change them and have it worked out again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from listing.access.actor import Actor, Membership
from listing.accounts import queries as accounts
from listing.admission.queries import known
from listing.companies import queries as companies
from listing.roadshows import rules as shows
from listing.roadshows.meetings import queries
from listing.roadshows.meetings.operations import opening, running, wishing
from listing.roadshows.operations import seating
from listing.roadshows.queue import Colleague
from listing.suitability import operations as suitability

from . import profiles
from .people import LOADER

_EVENING = time(18)


def tell(show, now: datetime) -> None:
    """Open the one-to-ones, let both sides wish, and work a first timetable out."""
    source, day = profiles.read("roadshow.yaml")["meetings"], show.days[0]
    present = {company.slug: number for number, company in queries.presenters(day).items()}
    closes = datetime.combine(day.date - timedelta(days=1), _EVENING)
    said = {name: source[name] for name in ("minutes", "pause", "count", "rooms", "interpreters", "min_gap")}
    most = {"investor_most": source["most"], "company_most": source["most"]}
    who = {"actor": LOADER, "now": now}
    begins = time.fromisoformat(source["begins"])
    found = opening.keep(day=day, begins=begins, closes=closes, **said, **most, **who)
    investor = guest(source["investor"]["email"], now)
    row = _place(day, investor, now, source["investor"]["colleague"])
    _warned(day, source["cautious"], present, now)
    wishes = [present[slug] for slug in source["investor"]["wishes"] if slug in present]
    slots = list(range(found.count))
    theirs = {"available": slots, "wishes": wishes, "refused": [], "interpretation": True}
    wishing.of_investor(found=found, registration=row, actor=investor, now=now, **theirs)
    for slug, wish in source["companies"].items():
        if slug in present:
            _answer(found, present[slug], wish, row, now)
    answer = running.worked_out(running.written(found, now))
    running.keep(found=found, answer=answer, **who)


def guest(email: str, now: datetime) -> Actor:
    """The investor of that address with their admission."""
    person = accounts.person(email=email)
    places = tuple(Membership(m.organisation_id, m.organisation.kind, m.role) for m in person.memberships)
    return known(replace(accounts.as_actor(person), memberships=places), now)


def _place(day, guest: Actor, now: datetime, *colleagues: str):
    """A place on site for the guest, and places online for colleagues who are registered along."""
    said = {"mode": shows.ONSITE, "sessions": [], "interpretation": True, "needs": ""}
    along = [Colleague(email, shows.ONLINE) for email in colleagues]
    return seating.apply(day=day, actor=guest, now=now, colleagues=along, **said)


def both_come(day, source: Mapping, then: datetime, now: datetime) -> None:
    """A guest and a colleague come to the place itself; registered ``then``, admitted as of ``now``."""
    said = {"mode": shows.ONSITE, "sessions": [], "interpretation": True, "needs": ""}
    along = [Colleague(source["colleague"], shows.ONSITE)]
    seating.apply(day=day, actor=guest(source["email"], now), now=then, colleagues=along, **said)


def wait(day, source: Mapping, now: datetime) -> None:
    """Take every place of a day, so that one more has to wait."""
    both_come(day, source, now, now)
    _place(day, guest(source["waits"], now), now)


def _warned(day, source: Mapping, present: Mapping, now: datetime) -> None:
    """An investor of a lower level has a place too, and confirmed the warning of one company."""
    cautious = guest(source["email"], now)
    _place(day, cautious, now)
    if source["confirmed"] in present:
        who = {"organisation_id": cautious.memberships[0].organisation_id, "actor": cautious, "now": now}
        for act in (suitability.read, suitability.confirm):
            act(company_id=present[source["confirmed"]], language="zh-Hant", ticked=True, **who)


def _answer(found, company_id: int, wish: Mapping, row, now: datetime) -> None:
    organisation = accounts.organisation(companies.by_id(company_id).organisation_id)
    editor = accounts.as_actor(accounts.members(organisation)[0].user)
    said = {"available": wish["available"], "interpretation": False}
    chosen = {"wishes": [row.id] if wish["wishes"] else [], "refused": []}
    wishing.of_company(found=found, company_id=company_id, actor=editor, now=now, **said, **chosen)

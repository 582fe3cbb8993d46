"""Who a reminder of a day goes to, each with the address, the page it leads to, and since when they belong to it.

Reads only. Whether an address invited has an account here decides the language of its letter and nothing else.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from listing.accounts import queries as accounts
from listing.accounts.operations import letters
from listing.notifications.rules import Address

from . import audiences, queries, rules
from .audiences import Times
from .models import Day, Registration, Reminder, Roadshow
from .presenting import letters as presenters
from .presenting import queries as presenting
from .presenting import rules as presentations
from .recording.rules import took_part

FEEDBACK = "#feedback"  # where the page asks whoever took part what they thought


class Recipient(NamedTuple):
    """Somebody to be told; ``mark`` names them in the key of the message, ``since`` is None where nobody noted it."""

    mark: str
    to: Address
    since: datetime | None
    path: str


def times(day: Day) -> Times:
    """What the times of reminders of a day are counted from."""
    show = day.roadshow
    return Times(day.begins_at, day.ends_at, show.registration_closes_at, day is show.days[0])


def key(day: Day, rule: Reminder, mark: str) -> str:
    """One for each day, person and rule; a roadshow moved to another date reminds anew."""
    told = "" if rule.audience == audiences.CONFIRMED else rule.audience
    return f"roadshow_reminder:{day.id}:{day.date:%Y%m%d}:{rule.anchor}{rule.minutes}{told}:{mark}"


def of(day: Day, rule: Reminder, now: datetime) -> list[Recipient]:
    """Everybody a rule is for on a day, each once."""
    show = day.roadshow
    days = show.days if rule.anchor in (audiences.CLOSE, audiences.FIXED) else [day]
    if rule.audience == audiences.INVITED:
        found = _invited(show)
    elif rule.audience == audiences.COMPANIES:
        found = _companies(show, days)
    else:
        found = _registered(show, [row for each in days for row in _rows(each, rule.audience, now)], rule)
    return list({each.mark: each for each in found}.values())


def _rows(day: Day, audience: str, now: datetime) -> Iterable[Registration]:
    if audience == audiences.WAITLISTED:
        return [row for row in queries.live_of_day(day.id) if row.state == rules.WAITLISTED]
    rows = queries.confirmed(day.id)
    if audience == audiences.CONFIRMED:
        return rows
    # Where nobody was checked in nobody is known to have stayed away.
    came = [row for row in rows if row.attended_at]
    return [row for row in rows if not row.attended_at] if came and now >= day.ends_at else []


def _registered(show: Roadshow, rows: list[Registration], rule: Reminder) -> Iterator[Recipient]:
    """Those registered; whoever took part is led straight to where they say what they thought."""
    people = accounts.people({row.account_id for row in rows})
    for row in rows:
        person = people[row.account_id]
        if person.active:
            to = letters.address(person)
            asked = rule.anchor == audiences.END and took_part(row.state, row.mode, row.attended_at is not None)
            page = f"/{to.language}/roadshows/{show.code}{FEEDBACK if asked else ''}"
            yield Recipient(str(person.id), to, row.state_at, page)


def _companies(show: Roadshow, days: Iterable[Day]) -> Iterator[Recipient]:
    numbers = {day.id for day in days}
    for row in presenting.of_roadshow(show, (presentations.CONFIRMED,)):
        for person in presenters.owners(row.company_id) if row.session.day_id in numbers else ():
            to = letters.address(person)
            yield Recipient(f"{row.id}-{person.id}", to, row.state_at, f"/{to.language}/studio/roadshows/{row.id}")


def _invited(show: Roadshow) -> Iterator[Recipient]:
    """Those invited who did not register; a stranger is written to in English, whose page leads to the others."""
    emails = queries.invited(show) if show.invitation_only else []
    people = accounts.people_of(emails)
    gone = {row.account_id for row in queries.registrations(show)}
    for email in emails:
        person = people.get(email)
        if person and (person.id in gone or not person.active):
            continue
        to = letters.address(person) if person else Address("", email, None, "en", show.zone)
        mark = sha256(email.encode()).hexdigest()[:20]
        yield Recipient(mark, to, None, f"/{to.language}/roadshows/{show.code}")

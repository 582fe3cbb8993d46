"""What the parties of one-to-ones are told by mail: the timetable, one letter each. Only queues."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts.operations import letters
from listing.companies import presentable
from listing.companies import queries as companies
from listing.notifications import operations as outbox
from listing.roadshows.models import Registration

from . import queries
from .models import Meeting, Party, Run


def published(run: Run, now: datetime) -> None:
    """Tell whoever sent the wishes of a party which meetings it has, in that person's language."""
    parties = queries.parties(run.round)
    people = accounts.people({party.sent_by for party in parties})
    known = _Names(run.meetings)
    slugs = companies.slugs({party.company_id for party in parties if party.company_id})
    for party in parties:
        person = people.get(party.sent_by)
        if person and person.active:
            _tell(run, party, person, known, slugs, now)


def _tell(run: Run, party: Party, person, known: "_Names", slugs: Mapping[int, str], now: datetime) -> None:
    found, show = run.round, run.round.day.roadshow
    own = [m for m in run.meetings if party.company_id == m.company_id or party.registration_id == m.registration_id]
    times, lang = found.slots.times(), person.language
    rows = [
        {
            "at": times[meeting.slot][0].isoformat(),
            "room": found.rooms[meeting.room],
            "who": known.guest(meeting.registration, lang) if party.company_id else known.company(meeting, lang),
        }
        for meeting in own
    ]
    there = f"studio/companies/{slugs[party.company_id]}" if party.company_id else f"roadshows/{show.code}"
    data = {
        "path": f"/{lang}/{there}/days/{found.day_id}/meetings",
        "title": show.title.shown(lang).text,
        "venue": found.day.venue.shown(lang).text,
        "meetings": rows,
    }
    to = letters.address(person)
    key = f"meetings_published:{run.id}:{party.id}"
    outbox.queue(key=key, message="meetings_published", to=to, data=data, now=now, until=found.day.ends_at)


class _Names:
    """The names of everybody who meets, each loaded once."""

    def __init__(self, meetings: Iterable[Meeting]):
        rows = [meeting.registration for meeting in meetings]
        self.people = accounts.people({row.account_id for row in rows})
        self.organisations = accounts.organisations({row.organisation_id for row in rows})
        self.companies = presentable.of({meeting.company_id for meeting in meetings})

    def guest(self, row: Registration, lang: str) -> str:
        """The institution, and who comes for it."""
        return f"{self.organisations[row.organisation_id].name(lang)} ({self.people[row.account_id].name})"

    def company(self, meeting: Meeting, lang: str) -> str:
        """The name of the company in a language."""
        return self.companies[meeting.company_id].name.shown(lang).text

"""What the parties of one-to-ones are told by mail: the timetable, and a meeting that falls away. Only queues."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts.operations import letters
from listing.companies import presentable
from listing.companies import queries as companies
from listing.notifications import operations as outbox

from . import queries, rules
from .models import Meeting, Party, Run


def published(run: Run, before: Run | None, now: datetime) -> None:
    """Tell whoever sent the wishes of a party which meetings it has; after ``before``, where they have changed."""
    names, times = _Names(run.meetings), run.round.slots.times()
    for party, person, data in _parties(run):
        own = [m for m in run.meetings if _is_of(party, m)]
        if before and _places(own) == _places(m for m in before.meetings if _is_of(party, m) and not m.cancelled_at):
            continue
        rows = [
            {
                "at": times[meeting.slot][0].isoformat(),
                "room": run.round.rooms[meeting.room],
                "who": names.other(party, meeting, person.language),
            }
            for meeting in own
        ]
        _queue(
            f"meetings_published:{run.id}:{party.id}",
            person,
            data | {"meetings": rows, "again": bool(before)},
            run,
            now,
        )


def cancelled(meeting: Meeting, now: datetime) -> None:
    """Tell the other side that a meeting falls away."""
    names, run = _Names([meeting]), meeting.run
    by_investor = meeting.cancelled_by == rules.INVESTOR
    for party, person, data in _parties(run):
        if _is_of(party, meeting) and bool(party.company_id) == by_investor:
            told = {"at": meeting.begins_at.isoformat(), "who": names.other(party, meeting, person.language)}
            _queue(f"meeting_cancelled:{meeting.id}:{party.id}", person, data | told, run, now)


def _is_of(party: Party, meeting: Meeting) -> bool:
    return party.company_id == meeting.company_id or party.registration_id == meeting.registration_id


def _places(meetings: Iterable[Meeting]) -> set[tuple[int, ...]]:
    return {(m.registration_id, m.company_id, m.slot, m.room) for m in meetings}


def _parties(run: Run) -> Iterator[tuple]:
    """Each party, who sent its wishes, and what every letter to that person says."""
    parties, day = queries.parties(run.round), run.round.day
    people = accounts.people({party.sent_by for party in parties})
    slugs = companies.slugs({party.company_id for party in parties if party.company_id})
    for party in parties:
        person = people.get(party.sent_by)
        if person and person.active:
            there = (
                f"studio/companies/{slugs[party.company_id]}" if party.company_id else f"roadshows/{day.roadshow.code}"
            )
            lang = person.language
            yield (
                party,
                person,
                {
                    "path": f"/{lang}/{there}/days/{day.id}/meetings",
                    "title": day.roadshow.title.shown(lang).text,
                    "venue": day.venue.shown(lang).text,
                },
            )


def _queue(key: str, person, data: dict, run: Run, now: datetime) -> None:
    to, message = letters.address(person), key.partition(":")[0]
    outbox.queue(key=key, message=message, to=to, data=data, now=now, until=run.round.day.ends_at)


class _Names:
    """The names of everybody who meets, each loaded once."""

    def __init__(self, meetings: Iterable[Meeting]):
        rows = [meeting.registration for meeting in meetings]
        self.people = accounts.people({row.account_id for row in rows})
        self.organisations = accounts.organisations({row.organisation_id for row in rows})
        self.companies = presentable.of({meeting.company_id for meeting in meetings})

    def other(self, party: Party, meeting: Meeting, lang: str) -> str:
        """Whom a party meets: the company, or the institution and who comes for it."""
        if not party.company_id:
            return self.companies[meeting.company_id].name.shown(lang).text
        row = meeting.registration
        return f"{self.organisations[row.organisation_id].name(lang)} ({self.people[row.account_id].name})"

"""Meetings as entries of a calendar: one for each pair at a roadshow, the same UID when it moves to another slot."""

from collections.abc import Collection, Iterator

from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.companies import presentable
from listing.notifications.rules import one_line
from listing.roadshows import calendar
from listing.roadshows.calendar import Entry

from . import rules
from .models import Meeting


def entries(meetings: Collection[Meeting], side: str) -> Iterator[Entry]:
    """The entries of one party; a meeting that was cancelled is marked so."""
    if side == rules.INVESTOR:
        found = presentable.of({meeting.company_id for meeting in meetings})
        names = {number: company.name for number, company in found.items()}
    else:
        own = accounts.organisations({meeting.registration.organisation_id for meeting in meetings})
        names = {number: Pair(row.name_zh or row.name_en, row.name_en or row.name_zh) for number, row in own.items()}
    for meeting in meetings:
        other = meeting.company_id if side == rules.INVESTOR else meeting.registration.organisation_id
        yield _entry(meeting, names[other])


def _entry(meeting: Meeting, other: Pair) -> Entry:
    found, day = meeting.run.round, meeting.run.round.day
    cancelled = meeting.cancelled_at is not None
    return calendar.entry(
        f"one-to-one-{found.id}-{meeting.registration_id}-{meeting.company_id}",
        day.roadshow,
        meeting.begins_at,
        meeting.ends_at,
        summary=f"一对一会面：{one_line(other.zh)} / One-to-one: {one_line(other.en)}",
        location=f"{one_line(meeting.room_name)}, {calendar.both(day.venue)}",
        status="CANCELLED" if cancelled else "CONFIRMED",
        turn=meeting.run_id + cancelled,
        path=f"#day-{day.id}",
    )

"""What a reader is shown of a roadshow: decided here for the page and for the record on paper alike. Changes nothing.

Published questions, their answers and recordings are for admitted investors and the organizer; who came is told
everybody, in numbers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from listing.access.actor import Actor, Tier
from listing.companies import presentable
from listing.companies.presentable import Candidate
from listing.roadshows import lists, queries, record, rules, telling
from listing.roadshows.answering import Answering
from listing.roadshows.models import Change, Question, Roadshow
from listing.roadshows.presenting import questions as voting
from listing.roadshows.presenting import reading
from listing.roadshows.presenting.reading import Brought

OVER = (rules.CLOSED, rules.ARCHIVED)
MOST_VERSIONS = 1_000  # told on paper


class Read(NamedTuple):
    """A roadshow that is over as far as one reader is shown it; ``inside`` says whether more than everybody is."""

    show: Roadshow
    archived: bool
    inside: bool
    attendance: dict[int, record.Attendance]
    materials: dict[int, Brought]
    aloud: dict[int, list[datetime]]
    questions: dict[int, list[Question]]
    answering: dict[int | None, Answering]
    versions: Sequence[Change]
    companies: dict[int, Candidate]


def of(show: Roadshow, actor: Actor) -> Read:
    """The record of a roadshow for this reader."""
    versions = lists.changes(show, size=MOST_VERSIONS).rows
    return Read(
        show,
        show.state == rules.ARCHIVED,
        is_inside(show, actor),
        attendance(show),
        reading.of_roadshow(show, actor, _placed(show, actor)),
        aloud(show),
        questions(show, actor),
        queries.answering(show),
        versions,
        presentable.of(presenting(show) | telling.named(versions)),
    )


def presenting(show: Roadshow) -> set[int]:
    """The companies that have agreed to present."""
    return {session.company_id for day in show.days for session in day.sessions if session.company_id}


def _placed(show: Roadshow, actor: Actor) -> set[int]:
    own = queries.own_of(show, actor.user_id) if actor.authenticated else {}
    return {day for day, row in own.items() if row.state == rules.CONFIRMED}


def is_inside(show: Roadshow, actor: Actor) -> bool:
    """Whether a reader is admitted or belongs to the organizer."""
    return actor.tier >= Tier.ADMITTED or actor.membership(show.organisation_id) is not None


def questions(show: Roadshow, actor: Actor) -> dict[int, list[Question]]:
    """The published questions by session, those most wanted first; none for who is not inside."""
    if not is_inside(show, actor):
        return {}
    rows = [row for row in queries.questions(show) if row.state == rules.PUBLIC]
    wanted, found = voting.votes([row.id for row in rows]), {}
    for row in sorted(rows, key=lambda row: (-wanted[row.id], row.id)):
        found.setdefault(row.session_id, []).append(row)
    return found


def aloud(show: Roadshow) -> dict[int, list[datetime]]:
    """When the organizer noted that published questions were answered in the room, by session; for everybody."""
    rows = [row for row in queries.questions(show) if row.state == rules.PUBLIC and row.aloud and row.answered_at]
    found: dict[int, list[datetime]] = {}
    for row in sorted(rows, key=lambda row: (row.answered_at, row.id)):
        found.setdefault(row.session_id, []).append(row.answered_at)
    return found


def attendance(show: Roadshow) -> dict[int, record.Attendance]:
    """Who came, by day."""
    every = queries.arrivals(show)
    return {day.id: record.of(every[day.id], begins=day.begins_at, ends=day.ends_at) for day in show.days}

"""A timetable is worked out, kept as a draft with the digest of what it was made from, locked here and there, undone,
and published.

Working out takes seconds and touches no database: ``written`` reads the problem, the caller lets the transaction go,
``worked_out`` solves it, and ``keep`` writes the answer down if nothing has changed meanwhile.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from listing.access.actor import Actor, System
from listing.later import solving
from listing.matching.problem import BadProblem, read
from listing.matching.reasons import clashes
from listing.roadshows import rules as shows
from listing.roadshows.meetings import letters, queries, rules
from listing.roadshows.meetings.models import Meeting, Round, Run
from listing.roadshows.meetings.rules import Side
from listing.roadshows.operations.planning import noted
from listing.store.db import db


class Answer(NamedTuple):
    """What was worked out from a problem of that digest."""

    digest: str
    meetings: list[tuple[int, int, int]]  # registration, company, slot
    unmet: list[tuple[int, int, str]]
    weight: int
    bound: int


def written(found: Round, now: datetime) -> dict:
    """The problem of a round as it stands: who takes part, what they wish, and what is locked."""
    wrote = {(row.registration_id, row.company_id): row for row in queries.parties(found)}
    investors = [_side(row.id, wrote[row.id, None]) for row in queries.guests(found, now)]
    run = queries.current(found)
    locked = [(m.registration_id, m.company_id, m.slot) for m in run.meetings if m.locked] if run else []
    return rules.problem(found.limits, investors, _companies(found, wrote), locked)


def _companies(found: Round, wrote: Mapping) -> list[Side]:
    """Each company with the slots in which it does not present itself."""
    sides = []
    for number in sorted(queries.presenters(found.day)):
        own = [(s.begins_at, s.ends_at) for s in found.day.sessions if s.company_id == number]
        free, party = found.slots.beside(own), wrote.get((None, number))
        side = _side(number, party) if party else Side(number, ())
        sides.append(side._replace(available=sorted(set(side.available) & set(free))))
    return sides


def _side(number: int, party) -> Side:
    return Side(number, party.available, party.wishes, party.refused, party.interpretation)


def worked_out(data: Mapping, seconds: float = rules.SECONDS) -> Answer:
    """The best timetable found in so many seconds, with its proven bound. Raises LocksClash."""
    try:
        problem = read(data)
    except BadProblem:  # a lock whose party is gone
        raise rules.LocksClash from None
    if clashes(problem):
        raise rules.LocksClash
    answer = solving.solve(problem, seconds=seconds).as_data()
    unanswered = {party["id"] for party in data["companies"] if not party["available"]}
    return Answer(
        digest=rules.digest(data),
        meetings=[(*_numbers(row), int(row["slot"])) for row in answer["meetings"]],
        unmet=[(*_numbers(row), _reason(row, unanswered)) for row in answer["unmet"]],
        weight=answer["weight"],
        bound=answer["bound"],
    )


def _numbers(row: Mapping) -> tuple[int, int]:
    return rules.number(row["investor"]), rules.number(row["company"])


def _reason(row: Mapping, unanswered: set[str]) -> str:
    absent = row["reason"] == "no_common_slot" and row["company"] in unanswered
    return rules.NO_ANSWER if absent else row["reason"]


def keep(*, found: Round, answer: Answer, actor: Actor | System, now: datetime) -> Run:
    """Keep what was worked out as a draft. Raises NotNow, Published, InputChanged."""
    queries.held(found.id)
    _check_open(found, now)
    before = queries.current(found)
    if rules.digest(written(found, now)) != answer.digest:
        raise rules.InputChanged
    locked = {(m.registration_id, m.company_id) for m in before.meetings if m.locked} if before else set()
    run = Run(round_id=found.id, state=rules.DRAFT, made_at=now, digest=answer.digest)
    run.weight, run.bound, run.unmet = answer.weight, answer.bound, [list(row) for row in answer.unmet]
    rooms = rules.seated(answer.meetings, len(found.rooms))
    run.meetings = [
        Meeting(registration_id=i, company_id=c, slot=slot, room=rooms[i, c], locked=(i, c) in locked)
        for i, c, slot in answer.meetings
    ]
    db.session.add(run)
    db.session.flush()
    noted("meetings_worked_out", found.day.roadshow, actor, now, run=run.id, weight=run.weight, bound=run.bound)
    return run


def _check_open(found: Round, now: datetime) -> None:
    if found.day.roadshow.state != shows.PUBLISHED or now >= found.day.ends_at:
        raise shows.NotNow
    if queries.published(found):
        raise rules.Published


def lock(*, meeting: Meeting, locked: bool, actor: Actor | System, now: datetime) -> Meeting:
    """Let a meeting stand when the timetable is worked out again, or not. Raises NotNow, Published."""
    found = queries.held(meeting.run.round_id)
    _check_open(found, now)
    if meeting.run is not queries.current(found):
        raise shows.NotNow
    if meeting.locked != locked:
        meeting.locked = locked
        noted("meeting_locked", found.day.roadshow, actor, now, meeting=meeting.id, locked=locked)
    return meeting


def undo(*, run: Run, actor: Actor | System, now: datetime) -> Run:
    """Take a whole draft back; the one before it stands again. Done already, nothing happens.

    Raises NotNow, Published.
    """
    found = queries.held(run.round_id)
    db.session.refresh(run)
    if run.state == rules.UNDONE:
        return run
    _check_open(found, now)
    if run is not queries.current(found):
        raise shows.NotNow
    run.state = rules.UNDONE
    noted("meetings_undone", found.day.roadshow, actor, now, run=run.id)
    return run


def publish(*, run: Run, actor: Actor | System, now: datetime) -> Run:
    """Let a draft hold and tell each party once. Published already, nothing happens.

    Raises NotNow, Published, StillOpen, InputChanged.
    """
    found = queries.held(run.round_id)
    db.session.refresh(run)
    if run.state == rules.PUBLISHED:
        return run
    _check_open(found, now)
    if run is not queries.current(found):
        raise shows.NotNow
    if now < found.closes_at:
        raise rules.StillOpen
    if rules.digest(written(found, now)) != run.digest:
        raise rules.InputChanged
    run.state, run.published_at = rules.PUBLISHED, now
    letters.published(run, now)
    noted("meetings_published", found.day.roadshow, actor, now, run=run.id, meetings=len(run.meetings))
    return run

"""A timetable is worked out, kept as a draft with the digest of what it was made from, locked here and there, undone,
and published.

Working out takes seconds and touches no database: ``written`` reads the problem, the caller lets the transaction go,
``worked_out`` solves it, and ``keep`` writes the answer down if nothing has changed meanwhile.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from listing.access.actor import Actor, System
from listing.later import forcing, repairing, solving
from listing.matching import problem as planned
from listing.matching.reasons import Clash, clashes, clashing
from listing.roadshows import rules as shows
from listing.roadshows.meetings import letters, queries, rules
from listing.roadshows.meetings.models import Meeting, Round, Run
from listing.roadshows.meetings.rules import Side
from listing.roadshows.operations.planning import noted
from listing.store.db import db
from listing.suitability import queries as suitability


class Answer(NamedTuple):
    """What was worked out from a problem of that digest."""

    digest: str
    meetings: list[tuple[int, int, int]]  # registration, company, slot
    unmet: list[tuple]  # registration, company, reason, and what is known of the cost (models.Run)
    weight: int
    bound: int
    moved: tuple[int, int] | None = None  # of a repair: how many meetings, and how few had to be


def written(found: Round, now: datetime) -> dict:
    """The problem of a round as it stands: who takes part, what they wish, and what is locked."""
    wrote = {(row.registration_id, row.company_id): row for row in queries.parties(found)}
    investors = _investors(found, wrote, now)
    run = queries.current(found)
    drafted = run.meetings if run and run.state == rules.DRAFT else ()
    locked = [(m.registration_id, m.company_id, m.slot) for m in drafted if m.locked]
    return rules.problem(found.limits, investors, _companies(found, wrote), locked, queries.cancelled(found))


def standing(found: Round, data: Mapping) -> list[planned.Meeting] | None:
    """The published meetings of those who still take part; None before a timetable is published."""
    run = queries.published(found)
    if run is None:
        return None
    here = {party["id"] for key in ("investors", "companies") for party in data[key]}
    kept = [m for m in run.meetings if not m.cancelled_at]
    rows = [(rules.investor(m.registration_id), rules.company(m.company_id), m.slot) for m in kept]
    return [planned.Meeting(*row) for row in rows if here.issuperset(row[:2])]


def _investors(found: Round, wrote: Mapping, now: datetime) -> list[Side]:
    """Each guest, who meets no company that is not suitable for their institution, whoever wishes it."""
    guests = queries.guests(found, now)
    pairs = suitability.pairs({row.organisation_id for row in guests}, queries.presenters(found.day), now)
    closed: dict[int, set[int]] = {}
    for (institution, company), one in pairs.items():
        if not one.open:
            closed.setdefault(institution, set()).add(company)
    sides = [(_side(row.id, wrote[row.id, None]), closed.get(row.organisation_id, set())) for row in guests]
    return [side._replace(refused=sorted({*side.refused, *unsuited})) for side, unsuited in sides]


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


class LocksClashing(NamedTuple):
    """What locked meetings (registration, company, slot) ask for that cannot be: a code of rules.CLASHES."""

    code: str
    most: int
    meetings: list[tuple[int, int, int]]


def locks_clashing(data: Mapping) -> list[LocksClashing]:
    """What the locked meetings of a problem ask for that cannot be; meetings of who takes part no more come first."""
    here = {party["id"] for key in ("investors", "companies") for party in data[key]}
    gone = [row for row in data["locked"] if not here.issuperset(row[:2])]
    rest = {**data, "locked": [row for row in data["locked"] if row not in gone]}
    left = [Clash(rules.GONE, (planned.Meeting(row[0], row[1], int(row[2])),)) for row in gone]
    found = left + list(clashing(planned.read(rest)))
    every = [[(rules.number(m.investor), rules.number(m.company), m.slot) for m in each.meetings] for each in found]
    return [LocksClashing(each.code, each.most, told) for each, told in zip(found, every, strict=True)]


def places(run: Run | None) -> dict[tuple[int, int], int]:
    """The slot of each pair that meets in a timetable."""
    return {(m.registration_id, m.company_id): m.slot for m in run.meetings if not m.cancelled_at} if run else {}


def worked_out(
    data: Mapping, before: Sequence[planned.Meeting] | None = None, seconds: float = rules.SECONDS
) -> Answer:
    """The best timetable found in so many seconds; the nearest to ``before``, where that is given.

    Raises LocksClash, NoRepair.
    """
    try:
        problem = planned.read(data)
    except planned.BadProblem:  # a lock whose party is gone
        raise rules.LocksClash from None
    if clashes(problem):
        raise rules.LocksClash
    if before is None:
        best = solving.solve(problem, seconds=seconds, fewest_gaps=True)
        return _told(data, best, None, forcing.costs(best, seconds=rules.EXPLAINED))
    found = repairing.repair(problem, before, seconds=seconds)
    if found is None:
        raise rules.NoRepair
    return _told(data, found.answer, (found.moved, found.least_moved))


def _told(data: Mapping, answer, moved: tuple[int, int] | None, costs: Mapping = MappingProxyType({})) -> Answer:
    told = answer.as_data()
    unanswered = {party["id"] for party in data["companies"] if not party["available"]}
    return Answer(
        digest=rules.digest(data),
        meetings=[(*_numbers(row), int(row["slot"])) for row in told["meetings"]],
        unmet=[(*_numbers(row), _reason(row, unanswered), *_cost(row, costs)) for row in told["unmet"]],
        weight=told["weight"],
        bound=told["bound"],
        moved=moved,
    )


def _numbers(row: Mapping) -> tuple[int, int]:
    return rules.number(row["investor"]), rules.number(row["company"])


def _cost(row: Mapping, costs: Mapping) -> list:
    """What is known of what this wish would cost: the points, and the meetings that would fall away for it."""
    found = costs.get((row["investor"], row["company"]))
    return [found.cost, [[rules.number(i), rules.number(c)] for i, c in found.instead]] if found else []


def _reason(row: Mapping, unanswered: set[str]) -> str:
    absent = row["reason"] == "no_common_slot" and row["company"] in unanswered
    return rules.NO_ANSWER if absent else row["reason"]


def keep(*, found: Round, answer: Answer, actor: Actor | System, now: datetime) -> Run:
    """Keep what was worked out as a draft; once a timetable is published, a repair only.

    Raises NotNow, Published, InputChanged.
    """
    queries.held(found.id)
    _check_open(found, now)
    before, holds = queries.current(found), queries.published(found)
    if (holds is None) != (answer.moved is None):
        raise rules.Published
    if rules.digest(written(found, now)) != answer.digest:
        raise rules.InputChanged
    drafted = before.meetings if before and before.state == rules.DRAFT else ()
    locked = {(m.registration_id, m.company_id) for m in drafted if m.locked}
    run = Run(round_id=found.id, state=rules.DRAFT, made_at=now, digest=answer.digest)
    run.weight, run.bound, run.unmet = answer.weight, answer.bound, _unmet(found, answer)
    run.moved, run.least_moved = answer.moved or (None, None)
    seats = {(m.registration_id, m.company_id, m.slot): m.room for m in holds.meetings} if holds else {}
    rooms = rules.seated(answer.meetings, len(found.rooms), seats)
    run.meetings = [
        Meeting(registration_id=i, company_id=c, slot=slot, room=rooms[i, c], locked=(i, c) in locked)
        for i, c, slot in answer.meetings
    ]
    db.session.add(run)
    db.session.flush()
    noted("meetings_worked_out", found.day.roadshow, actor, now, run=run.id, weight=run.weight, bound=run.bound)
    return run


def _unmet(found: Round, answer: Answer) -> list[list]:
    fell = queries.cancelled(found)
    return [[i, c, rules.CANCELLED if (i, c) in fell else why, *cost] for i, c, why, *cost in answer.unmet]


def _check_open(found: Round, now: datetime) -> None:
    if found.day.roadshow.state != shows.PUBLISHED or now >= found.day.ends_at:
        raise shows.NotNow


def _check_draft(run: Run, found: Round, now: datetime) -> None:
    _check_open(found, now)
    if run.state == rules.PUBLISHED:
        raise rules.Published
    if run is not queries.current(found):
        raise shows.NotNow


def lock(*, meeting: Meeting, locked: bool, actor: Actor | System, now: datetime) -> Meeting:
    """Let a meeting stand when the timetable is worked out again, or not. Raises NotNow, Published."""
    found = queries.held(meeting.run.round_id)
    _check_draft(meeting.run, found, now)
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
    _check_draft(run, found, now)
    run.state = rules.UNDONE
    noted("meetings_undone", found.day.roadshow, actor, now, run=run.id)
    return run


def publish(*, run: Run, actor: Actor | System, now: datetime) -> Run:
    """Let a draft hold and tell each party once; of a repair, those whose meetings change. Twice is once.

    Raises NotNow, StillOpen, InputChanged.
    """
    found = queries.held(run.round_id)
    db.session.refresh(run)
    if run.state == rules.PUBLISHED:
        return run
    _check_draft(run, found, now)
    if now < found.closes_at:
        raise rules.StillOpen
    if rules.digest(written(found, now)) != run.digest:
        raise rules.InputChanged
    before = queries.published(found)
    run.state, run.published_at = rules.PUBLISHED, now
    db.session.flush()
    letters.published(run, before, now)
    noted("meetings_published", found.day.roadshow, actor, now, run=run.id, meetings=len(run.meetings))
    return run

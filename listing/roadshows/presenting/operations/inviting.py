"""A company is planned for a session, asked, and agrees or declines; the organizer notes agreements and takes back.

Every step holds the roadshow first, so that a company which answers and an organizer who plans never miss each other.
The session has the company while it has agreed, and that alone is what everybody sees.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from listing.access.actor import Actor, System
from listing.companies import presentable
from listing.roadshows import agenda
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.models import Roadshow, Session
from listing.roadshows.operations.planning import changed, check_editable, noted
from listing.roadshows.presenting import letters, queries, rules
from listing.roadshows.presenting.models import Presentation
from listing.store.db import db

from . import materials, replying, speaking

_LAST = time(23, 59)


def place(
    *, session: Session, company_id: int | None, agreed: bool, actor: Actor | System, now: datetime
) -> Presentation | None:
    """Let a session, whose roadshow is held, have this company or none; ``agreed`` notes that it said yes elsewhere.

    A company that was there before and knew of it is told that it is not asked any more.
    """
    row = queries.standing_in(session)
    if row and row.company_id != company_id:
        _end(row, actor, now)
        row = None
    if row is None and company_id:
        row = Presentation(
            session=session, open_of=session.id, company_id=company_id, state=rules.PLANNED, state_at=now
        )
        db.session.add(row)
        db.session.flush()
    if row and agreed and row.state != rules.CONFIRMED:
        _turn(row, "note", now)
        row.on_paper = True
        letters.company(row, letters.NOTED, now)
        _log("noted", row, actor, now)
    session.company_id = company_id if row and row.state == rules.CONFIRMED else None
    return row


def ask(*, row: Presentation, by: date, actor: Actor | System, now: datetime) -> Presentation:
    """Ask a company that is planned for an answer by the end of a day. Raises NotNow, NobodyThere, TooSoon, NotFit."""
    _held(row)
    if not letters.owners(row.company_id):
        raise rules.NobodyThere
    if not presentable.is_fit(row.company_id):
        raise rules.NotFit
    zone = row.session.day.roadshow.zone
    answer_by = min(agenda.instant(by, _LAST, zone), row.session.begins_at)
    if answer_by <= now or by > agenda.local(row.session.begins_at, zone).date():
        raise rules.TooSoon
    _turn(row, "ask", now)
    row.asked_at, row.answer_by = now, answer_by
    letters.company(row, letters.ASKED, now)
    _log("asked", row, actor, now)
    return row


def ask_all(*, show: Roadshow, by: date, actor: Actor | System, now: datetime) -> int:
    """Ask all that are planned and can answer here; return how many. Raises NotNow where there is none, and TooSoon."""
    check_editable(show)
    rows = [row for row in queries.of_roadshow(show, (rules.PLANNED,)) if answers(row)]
    if not rows:
        raise shows.NotNow
    for row in rows:
        ask(row=row, by=by, actor=actor, now=now)
    return len(rows)


def answers(row: Presentation) -> bool:
    """Whether somebody here answers for a planned company, and it may appear."""
    return bool(letters.owners(row.company_id)) and presentable.is_fit(row.company_id)


def note(*, row: Presentation, actor: Actor, now: datetime) -> Presentation:
    """Note that a company agreed outside this platform. Raises NotNow, NotFit."""
    before = _held(row)
    if row.state == rules.CONFIRMED or row.open_of is None:
        raise shows.NotNow
    if not presentable.is_fit(row.company_id):
        raise rules.NotFit
    place(session=row.session, company_id=row.company_id, agreed=True, actor=actor, now=now)
    return _settled(row, before, now)


def withdraw(*, row: Presentation, actor: Actor, now: datetime) -> Presentation:
    """Let a company go that was planned, asked or had agreed; the session is free. Raises NotNow."""
    before = _held(row)
    _end(row, actor, now)
    row.session.company_id = None
    return _settled(row, before, now)


def confirm(*, row: Presentation, actor: Actor, now: datetime) -> Presentation:
    """Agree to present; from now on the agenda shows the company. Raises NotNow, NotFit."""
    before = _held(row)
    if now >= row.session.begins_at:
        raise shows.NotNow
    state = rules.turned(row.state, "confirm")
    if not presentable.is_fit(row.company_id):
        raise rules.NotFit
    row.state, row.state_at, row.answered_by = state, now, actor.user_id
    row.session.company_id = row.company_id
    letters.organizer(row, now)
    _log("confirmed", row, actor, now)
    return _settled(row, before, now)


def decline(
    *, row: Presentation, reason: str, substitute_id: int | None, actor: Actor | System, now: datetime
) -> Presentation:
    """Decline, or step back until the session begins, and free it; another company may be named in its place.

    Raises NotNow, Unreasoned, NoSubstitute.
    """
    before = _held(row)
    if now >= row.session.begins_at:
        raise shows.NotNow
    state = rules.turned(row.state, "decline")
    if not reason.strip():
        raise rules.Unreasoned
    if substitute_id and (substitute_id == row.company_id or not presentable.is_fit(substitute_id)):
        raise rules.NoSubstitute
    row.state, row.state_at, row.open_of, row.answered_by = state, now, None, actor.user_id
    row.reason, row.substitute_id = reason, substitute_id
    row.session.company_id = None
    _take_along(row)
    letters.organizer(row, now)
    _log("declined", row, actor, now)
    return _settled(row, before, now)


def plan_substitute(*, row: Presentation, actor: Actor, now: datetime) -> Presentation:
    """Plan the company that one which declined named, for the session it left free. Raises NotNow, NotFit, clashes."""
    before = _held(row)
    if row.substitute_id is None or queries.standing_in(row.session):
        raise shows.NotNow
    if not presentable.is_fit(row.substitute_id):
        raise rules.NotFit
    session, day = row.session, row.session.day
    slot = agenda.slot(session, row.substitute_id)
    agenda.check(slot, roadshows.slots(day), begins=day.begins_at, ends=day.ends_at, zone=day.roadshow.zone)
    new = place(session=session, company_id=row.substitute_id, agreed=False, actor=actor, now=now)
    return _settled(new, before, now)


def remind_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Remind the companies that have not answered, once each; return how many. Commits one by one."""
    told = 0
    for row in queries.unanswered(now):
        if stopping():
            break
        if now >= rules.reminded_at(row.asked_at, row.answer_by):
            row.reminded_at = now
            letters.company(row, letters.REMINDED, now)
            told += 1
            db.session.commit()
    return told


def moved(session: Session, began: datetime, now: datetime) -> None:
    """Tell the company of a session that it begins at another time than before."""
    row = queries.standing_in(session) if session.begins_at != began else None
    if row and row.state in rules.TOLD:
        letters.company(row, letters.MOVED, now)


def forget(session: Session) -> None:
    """Let go of everything about a session that is taken out; the log keeps what happened."""
    for row in queries.of_sessions([session]).get(session.id, []):
        db.session.delete(row)
    materials.forget(session)


def leave(session: Session, actor: Actor, now: datetime) -> None:
    """Tell the company of a session that is about to be taken out, and let go of it."""
    if row := queries.standing_in(session):
        _end(row, actor, now)
    forget(session)


def _held(row: Presentation):
    before = check_editable(row.session.day.roadshow, row.session)
    db.session.refresh(row)
    return before


def _turn(row: Presentation, event: str, now: datetime) -> None:
    row.state, row.state_at = rules.turned(row.state, event), now


def _end(row: Presentation, actor: Actor | System, now: datetime) -> None:
    knew = row.state in rules.TOLD
    _turn(row, "withdraw", now)
    row.open_of = None
    _take_along(row)
    db.session.flush()
    if knew:
        letters.company(row, letters.WITHDRAWN, now)
    _log("withdrawn", row, actor, now)


def _take_along(row: Presentation) -> None:
    """Whom a company named and what it answered goes with it: the next one neither shows nor reads it."""
    speaking.leave_with(row.session, row.company_id)
    replying.forget(row.session)


def _settled(row: Presentation, before, now: datetime) -> Presentation:
    db.session.flush()
    changed(row.session.day.roadshow, before, now)
    return row


def _log(event: str, row: Presentation, actor: Actor | System, now: datetime) -> None:
    data = {"session": row.session_id, "company": row.company_id}
    noted(f"company_{event}", row.session.day.roadshow, actor, now, **data)

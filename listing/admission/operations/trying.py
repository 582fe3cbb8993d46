"""Trying a version of a rule book on past cases: the first at once, the others in pieces by the scheduler.

Writes what came of it and nothing else: no decision and no admission is touched.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from listing.access.actor import SYSTEM, Actor, System
from listing.admission import trials
from listing.admission.models import Decision
from listing.admission.simulating import SIDES, STAY, Tried, is_recorded, last_decisions, try_on
from listing.admission.trial_models import RuleTrial, RuleTrialLine
from listing.journal import operations as journal
from listing.rulebook.book import Book
from listing.rulebook.node import Broken
from listing.rulebook.plain import NotACase
from listing.store.db import db

BATCH = 200  # cases of one transaction: an eighth of a second of work
KEPT = 20  # trials; older ones make room, what came of them stays in the log


def begin(*, book: Book, content: str, actor: Actor, now: datetime) -> RuleTrial:
    """Try a version on every institution's last decision under its id; ``content`` is the text it was read from."""
    _make_room()
    row = RuleTrial(
        book=book.id,
        version=book.version,
        digest=book.digest,
        content=content,
        account_id=actor.user_id,
        label=str(actor.label)[:120],
        begun_at=now,
        upto=db.session.scalar(select(func.max(Decision.id))) or 0,
    )
    db.session.add(row)
    db.session.flush()
    _go_on(row, book, now)
    _log("rulebook.tried" if row.finished_at else "rulebook.trial_begun", row, actor, now)
    return row


def _make_room() -> None:
    old = select(RuleTrial.id).order_by(RuleTrial.id.desc()).offset(KEPT - 1)
    ids = db.session.scalars(old).all()
    db.session.execute(delete(RuleTrialLine).where(RuleTrialLine.trial_id.in_(ids)))
    db.session.execute(delete(RuleTrial).where(RuleTrial.id.in_(ids)))


def tend(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Go on with every trial that is not finished; commits piece by piece, returns how many cases were looked at."""
    done = 0
    for trial_id in trials.unfinished():
        book = _book(trial_id, now)
        while book and not stopping() and (looked := _piece(trial_id, book, now)):
            done += looked
        db.session.commit()
    return done


def _book(trial_id: int, now: datetime) -> Book | None:
    """The version tried; a text that this release cannot read any more ends its trial where it stands."""
    row = trials.trial(trial_id)
    try:
        return trials.read(row) if row else None
    except Broken:
        row.finished_at = now
        _log("rulebook.trial_stopped", row, SYSTEM, now)
        return None


def _piece(trial_id: int, book: Book, now: datetime) -> int:
    """One more piece of a trial, unless another process has finished it or somebody made room."""
    held = select(RuleTrial).where(RuleTrial.id == trial_id, RuleTrial.finished_at.is_(None)).with_for_update()
    row = db.session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return 0
    looked = _go_on(row, book, now)
    if row.finished_at:
        _log("rulebook.tried", row, SYSTEM, now)
    db.session.commit()
    return looked


def _go_on(row: RuleTrial, book: Book, now: datetime) -> int:
    """Decide the next cases anew; how many decisions were looked at."""
    found = list(last_decisions(after=row.through, until=row.upto, most=BATCH))
    tried = [_tried(book, each, now) for each in found]
    lines = [_line(row, one) for one in tried if isinstance(one, Tried)]
    if lines:
        db.session.execute(insert(RuleTrialLine), lines)
    for side, number in Counter(line["side"] for line in lines).items():
        setattr(row, side, getattr(row, side) + number)
    row.unrecorded += sum(one is False for one in tried)
    row.through = found[-1].id if found else row.upto
    row.finished_at = now if len(found) < BATCH else None
    db.session.flush()
    return len(found)


def _tried(book: Book, row, now: datetime) -> Tried | None | bool:
    """The case decided anew, None where another book decided it, False where what it rests on cannot be read."""
    try:
        return try_on(book, row, now) if is_recorded(row) else False
    except NotACase:
        return False


def _line(row: RuleTrial, one: Tried) -> dict[str, object]:
    kept = {name: getattr(one, name) for name in ("decision_id", "side", "admitted", "before", "after")}
    return kept | {"trial_id": row.id, "rules": list(one.rules) if one.side != STAY else []}


def _log(code: str, row: RuleTrial, actor: Actor | System, now: datetime) -> None:
    data = {"book": row.book, "version": row.version, "digest": row.digest, "upto": row.upto}
    data |= {side: getattr(row, side) for side in SIDES} | {"unrecorded": row.unrecorded}
    journal.append(code=code, data=data, actor=actor, subject=("rule_trial", row.id), now=now)

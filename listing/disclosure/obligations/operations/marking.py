"""Notes in the log when the public mark of lateness of an obligation begins and when it is lifted.

Whether it stands follows from the calendar and the day; the entries are there so that nobody claims another day later.
"""

from datetime import datetime

from sqlalchemy import update

from listing.access.actor import SYSTEM
from listing.journal import operations as journal
from listing.store.db import db
from listing.store.inserting import insert

from .. import queries
from ..models import Mark
from ..rules import Line
from .holding import hold

BEGUN, LIFTED = "disclosure.mark_begun", "disclosure.mark_lifted"


def keep(*, company, now: datetime) -> None:
    """Note each public mark that began, and each that was lifted, since this was looked at last.

    Holds the company and reads its calendar anew, so that of two who look at once the second finds nothing to note.
    The entries name nobody: anybody may be shown what they committed to.
    """
    db.session.flush()
    hold(company)
    calendar = queries.calendar(company, now)
    for mark, why in calendar.lifted:
        _lift(mark, why, company, now)
    for line in calendar.unmarked:
        _begin(line, company, now)


def _begin(line: Line, company, now: datetime) -> None:
    key, by = line.owed.key, line.by
    said = {"company_id": company.id, "key": key, "by": by, "stands": True, "begun_at": now}
    made = db.session.scalar(insert(Mark).values(**said).on_conflict_do_nothing().returning(Mark.id))
    if made is None:
        return
    standard = f"{line.owed.held.tier}@{line.owed.held.version}"
    data = {"market": company.market, "code": company.code, "key": key, "item": line.item.id, "standard": standard}
    data |= {"by": by.isoformat(), "late": line.late}
    _note(made, "begun_entry", _log(BEGUN, data, company, now))


def _lift(mark: Mark, why: str, company, now: datetime) -> None:
    standing = update(Mark).where(Mark.id == mark.id, Mark.stands)
    change = standing.values(stands=None, lifted_at=now, lifted_for=why)
    if db.session.execute(change.execution_options(synchronize_session="fetch")).rowcount == 1:
        data = {"key": mark.key, "by": mark.by.isoformat(), "begun": mark.begun_entry, "for": why}
        _note(mark.id, "lifted_entry", _log(LIFTED, data, company, now))


def _log(code: str, data: dict, company, now: datetime) -> int:
    subject = ("company", company.id, company.organisation_id)
    return journal.append(code=code, data=data, actor=SYSTEM, subject=subject, now=now).index


def _note(mark_id: int, column: str, index: int) -> None:
    change = update(Mark).where(Mark.id == mark_id).values({column: index})
    db.session.execute(change.execution_options(synchronize_session="fetch"))

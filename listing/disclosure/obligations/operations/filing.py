"""An enterprise notes what happened to it, and files what it owes."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.accounts.rules import plain_text
from listing.disclosure.tenures.rules import on as held_on
from listing.files import operations as files
from listing.journal import operations as journal
from listing.store.db import db

from .. import queries, rules
from ..models import Event, Filing
from . import lateness, marking
from .holding import hold


def note_event(
    *, company, what: tuple[str, str], on_day: date, code: str, note: str, actor: Actor, now: datetime
) -> Event:
    """Note that something happened, or a round or roadshow is planned; what it makes due follows when read.

    ``what`` is an occasion and an item. Raises NoTier, InTheFuture, TooLongAgo, NoCode, HostileText.
    """
    calendar = queries.calendar(company, now)
    if calendar.tenure is None:
        raise rules.NoTier
    every, item = what
    rules.check_happened(every, on_day, today=calendar.today, begins=calendar.now_held.taken)
    rules.check_code(held_on(calendar.held, on_day), item, code)
    row = Event(
        company_id=company.id,
        every=every,
        item=item,
        code=code if item == rules.MAJOR else "",
        on_day=on_day,
        note=plain_text(" ".join(note.split())),
        noted_by=actor.user_id,
        noted_at=now,
    )
    db.session.add(row)
    db.session.flush()
    data = {"event": row.id, "every": every, "item": item, "code": row.code, "on": on_day.isoformat()}
    _log("disclosure.event", company, data, actor, now)
    return row


def file(
    *,
    company,
    key: str,
    dated: date,
    note: str = "",
    reference: str = "",
    document: FileStorage | None = None,
    actor: Actor,
    now: datetime,
) -> Filing:
    """Meet an obligation, now; the standard it is owed under is recorded with it.

    Raises AlreadyFiled, UnknownNumber, NotYet, InTheFuture, NothingFiled, NothingSaid, HostileText, files.rules.Unfit;
    LookupError for a key that names no obligation of the company.
    """
    hold(company)
    calendar = queries.calendar(company, now)
    line = calendar.line(key)
    if line is None:
        raise LookupError(key)
    note, reference = plain_text(" ".join(note.split())), plain_text(reference)
    if line.state == rules.MET:
        raise rules.AlreadyFiled
    if reference and reference not in {release.number for release in calendar.releases}:
        raise rules.UnknownNumber
    rules.check_filing(
        line.owed, dated=dated, note=note, reference=reference, has_file=bool(document), today=calendar.today
    )
    kept = _kept(document, company, actor, now)
    row = Filing(
        company_id=company.id,
        key=key,
        standard=line.owed.held.name,
        due=line.owed.obligation.due.day,
        dated=dated,
        note=note,
        reference=reference,
        file_id=kept.id if kept else None,
        filed_by=actor.user_id,
        filed_label=actor.label,
        filed_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise rules.AlreadyFiled from None
    lateness.ease(company=company, actor=actor, now=now)
    marking.keep(company=company, now=now)
    data = {"key": key, "standard": row.standard, "due": row.due.isoformat(), "reference": reference}
    _log("disclosure.filed", company, data | ({"sha256": kept.sha256} if kept else {}), actor, now)
    return row


def _kept(document: FileStorage | None, company, actor: Actor, now: datetime):
    if not document:
        return None
    name, holder = document.filename or "", company.organisation_id
    return files.keep(stream=document.stream, name=name, organisation_id=holder, actor=actor, now=now)


def _log(code: str, company, data: dict, actor: Actor, now: datetime) -> None:
    subject = ("company", company.id, company.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)

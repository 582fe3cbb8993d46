"""A new roadshow made from an old one: days, sessions, places and reminders at the same times of another date.

Nothing of people goes along: no registration, question or address invited, and no link to take part. Companies are
planned, to be asked anew; one that may not appear any more is left out.
"""

from datetime import date, datetime, timedelta

from listing.access.actor import Actor, System
from listing.companies import presentable
from listing.roadshows import agenda, audiences
from listing.roadshows.models import Day, Places, Reminder, Roadshow, Session
from listing.roadshows.presenting.operations import inviting
from listing.store.db import db

from .planning import create, noted
from .scheduling import moved, span


def copy(*, show: Roadshow, code: str, first: date, series: bool, actor: Actor | System, now: datetime) -> Roadshow:
    """Draft a roadshow like ``show`` that begins on ``first``; with ``series`` it goes on with the same series.

    Raises CodeInUse, Skipped, Repeated.
    """
    apart = (first - show.days[0].date).days if show.days else 0
    window = (show.registration_opens_at, show.registration_closes_at)
    opens, closes = (agenda.local(at, show.zone).replace(tzinfo=None) + timedelta(days=apart) for at in window)
    texts, who = ("organisation_id", "title", "summary", "zone"), ("approval", "invitation_only", "classes", "markets")
    names = (*texts, *who, "sectors", "priority", "workplaces", "colleagues")
    said = {name: getattr(show, name) for name in names}
    new = create(code=code, opens=opens, closes=closes, actor=actor, now=now, **said)
    new.series_id = (show.series_id or show.id) if series else None
    _reminders(show, new, apart)
    fit = {company.id for company in presentable.candidates() if not company.reason}
    for day in show.days:
        _day(day, new, apart, fit, actor, now)
    db.session.flush()
    span(new)
    noted("copied", new, actor, now, of=show.id)
    return new


def _reminders(show: Roadshow, new: Roadshow, apart: int) -> None:
    for rule in list(new.reminders):
        db.session.delete(rule)
    db.session.flush()
    for rule in show.reminders:
        minutes = rule.minutes + (apart * 24 * 60 if rule.anchor == audiences.FIXED else 0)
        said = {"audience": rule.audience, "anchor": rule.anchor, "minutes": minutes, "late": rule.late}
        db.session.add(Reminder(roadshow_id=new.id, **said))


def _day(day: Day, new: Roadshow, apart: int, fit: set[int], actor: Actor | System, now: datetime) -> None:
    begins, ends = (moved(at, apart, 0, new.zone) for at in (day.begins_at, day.ends_at))
    row = Day(roadshow=new, date=day.date + timedelta(days=apart), begins_at=begins, ends_at=ends, venue=day.venue)
    row.places = [Places(mode=places.mode, capacity=places.capacity) for places in day.places]
    db.session.add(row)
    for session in day.sessions:
        if session.company_id in fit or session.title.complete:
            _session(session, row, apart, fit, actor, now)


def _session(session: Session, day: Day, apart: int, fit: set[int], actor: Actor | System, now: datetime) -> None:
    names = ("room", "title", "text", "language", "interpreted")
    said = {name: getattr(session, name) for name in names}
    times = (moved(at, apart, 0, day.roadshow.zone) for at in (session.begins_at, session.ends_at))
    begins, ends = times
    new = Session(day=day, company_id=None, begins_at=begins, ends_at=ends, **said)
    db.session.add(new)
    db.session.flush()
    company_id = session.company_id if session.company_id in fit else None
    inviting.place(session=new, company_id=company_id, agreed=False, actor=actor, now=now)

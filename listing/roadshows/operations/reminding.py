"""When people are told of a roadshow, and telling them; what is due is read from the database at every tick."""

from collections.abc import Callable
from datetime import datetime, timedelta

from listing.access.actor import Actor
from listing.notifications import operations as outbox
from listing.notifications import queries as notices
from listing.roadshows import agenda, audiences, letters, queries, recipients, rules
from listing.roadshows.models import Day, Reminder, Roadshow
from listing.store.db import db

from .planning import check_editable, noted


def add(
    *,
    show: Roadshow,
    anchor: str,
    minutes: int = 0,
    audience: str = audiences.CONFIRMED,
    at: datetime | None = None,
    late: bool = False,
    actor: Actor,
    now: datetime,
) -> Reminder:
    """Let people be told at one more time; ``at`` is a time of the clocks of the event, for one that stands by itself.

    Raises NotNow, Misfit, NoInstant, TooFar, ReminderKept, Skipped, Repeated.
    """
    check_editable(show)
    if anchor not in audiences.FIT[audience]:
        raise audiences.Misfit
    minutes = _by_itself(show, at, now) if anchor == audiences.FIXED else minutes
    if anchor != audiences.FIXED and minutes > rules.LONGEST_REMINDER:
        raise rules.TooFar
    if any((kept.audience, kept.anchor, kept.minutes) == (audience, anchor, minutes) for kept in show.reminders):
        raise rules.ReminderKept
    rule = Reminder(roadshow_id=show.id, audience=audience, anchor=anchor, minutes=minutes, late=late)
    db.session.add(rule)
    db.session.flush()
    noted("reminder_added", show, actor, now, audience=audience, anchor=anchor, minutes=minutes)
    return rule


def _by_itself(show: Roadshow, at: datetime | None, now: datetime) -> int:
    instant = at and agenda.instant(at.date(), at.time(), show.zone)
    latest = show.ends_at and show.ends_at + timedelta(minutes=rules.LONGEST_REMINDER)
    if instant is None or instant <= now or (latest and instant > latest):
        raise audiences.NoInstant
    return audiences.minutes_of(instant)


def remove(*, show: Roadshow, rule: Reminder, actor: Actor, now: datetime) -> Roadshow:
    """Tell people at one time less. Raises NotNow."""
    check_editable(show, rule)
    said = {"audience": rule.audience, "anchor": rule.anchor, "minutes": rule.minutes}
    db.session.delete(rule)
    noted("reminder_removed", show, actor, now, **said)
    return show


def retry(*, show: Roadshow, day: Day, rule: Reminder, actor: Actor, now: datetime) -> int:
    """Give the reminders that could not be sent their tries again; return how many. Raises NotNow where there are none.

    One that is out of date stays unsent.
    """
    keys = [recipients.key(day, rule, each.mark) for each in recipients.of(day, rule, now)]
    again = outbox.retry(keys=keys, now=now)
    if not again:
        raise rules.NotNow
    noted("reminder_retried", show, actor, now, anchor=rule.anchor, minutes=rule.minutes, number=again)
    return again


def tell_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Queue what is due and not queued yet; return how many. Commits day by day.

    Whoever came to belong to those a rule is for after it was due is sent it only where the rule says so. The outbox
    keeps one for each day, person and rule.
    """
    told = 0
    for day in queries.days_to_remind(now):
        if stopping():
            break
        for rule in audiences.holding(day.roadshow.reminders, recipients.times(day), now):
            told += _tell(day, rule, now)
        db.session.commit()
    return told


def _tell(day: Day, rule: Reminder, now: datetime) -> int:
    due = audiences.due(rule, recipients.times(day))
    in_time = [r for r in recipients.of(day, rule, now) if rule.late or r.since is None or r.since <= due]
    every = {recipients.key(day, rule, each.mark): each for each in in_time}
    queued = notices.by_keys(every)
    fresh = [(key, each) for key, each in every.items() if key not in queued]
    for key, each in fresh:
        letters.remind(key, each.to, each.path, day, rule, now)
    return len(fresh)

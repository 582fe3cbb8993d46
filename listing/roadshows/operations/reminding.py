"""When people with a place are told, and telling them; what is due is read from the database at every tick."""

from collections.abc import Callable
from datetime import datetime

from listing.access.actor import Actor
from listing.notifications import queries as notices
from listing.roadshows import letters, queries, rules
from listing.roadshows.models import Day, Reminder, Roadshow
from listing.store.db import db

from .planning import check_editable, noted


def add(*, show: Roadshow, anchor: str, minutes: int, actor: Actor, now: datetime) -> Reminder:
    """Let people be told at one more time. Raises NotNow, TooFar, ReminderKept."""
    check_editable(show)
    if minutes > rules.LONGEST_REMINDER:
        raise rules.TooFar
    if any((kept.anchor, kept.minutes) == (anchor, minutes) for kept in show.reminders):
        raise rules.ReminderKept
    rule = Reminder(roadshow_id=show.id, anchor=anchor, minutes=minutes)
    db.session.add(rule)
    db.session.flush()
    noted("reminder_added", show, actor, now, anchor=anchor, minutes=minutes)
    return rule


def remove(*, show: Roadshow, rule: Reminder, actor: Actor, now: datetime) -> Roadshow:
    """Tell people at one time less. Raises NotNow."""
    check_editable(show, rule)
    anchor, minutes = rule.anchor, rule.minutes
    db.session.delete(rule)
    noted("reminder_removed", show, actor, now, anchor=anchor, minutes=minutes)
    return show


def holding(day: Day, now: datetime) -> list[Reminder]:
    """The reminders that hold now: of those before the start the last one reached, and those after the end.

    Who starts late sends the one that holds and none of those before it; none once the day has begun.
    """
    reached = [rule for rule in day.roadshow.reminders if letters.due_at(day, rule) <= now]
    before = [rule for rule in reached if rule.anchor == rules.START and now < day.begins_at]
    thanks = [
        rule for rule in reached if rule.anchor == rules.END and now < letters.due_at(day, rule) + rules.THANKED_WITHIN
    ]
    return sorted(before, key=lambda rule: rule.minutes)[:1] + thanks


def tell_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Queue what is due and not queued yet; return how many. Commits day by day.

    Whoever got a place after a reminder was due is not sent it. The outbox keeps one for each day, person and rule.
    """
    told = 0
    for day in queries.days_to_remind(now):
        if stopping():
            break
        for rule in holding(day, now):
            told += _tell(day, rule, now)
        db.session.commit()
    return told


def _tell(day: Day, rule: Reminder, now: datetime) -> int:
    due = letters.due_at(day, rule)
    rows = {letters.reminder_key(r, day, rule): r for r in queries.confirmed(day.id) if r.state_at <= due}
    queued = notices.by_keys(rows)
    fresh = [row for key, row in rows.items() if key not in queued]
    for row in fresh:
        letters.remind(row, day, rule, now)
    return len(fresh)

"""Saving a search, choosing how often to be told, stopping, and telling what is due."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, update

from listing.access.actor import Actor, System
from listing.accounts import queries as accounts
from listing.accounts.operations import letters
from listing.journal import operations as journal
from listing.notifications import operations as outbox
from listing.store.db import db

from . import links, queries, rules
from .models import Alert

BATCH = 200
TOGETHER = 50  # in one transaction
# Built once: a thousand may be due at the same instant, and building it costs more than running it.
_ROW = Alert.__table__.c
_MOVE = (
    update(Alert.__table__)
    .where(_ROW.id.in_(bindparam("mine", expanding=True)), _ROW.next_at <= bindparam("now"))
    .values(next_at=bindparam("later"), checked_at=bindparam("checked"))
    .returning(_ROW.id)
)


def save(*, query: str, cadence: str, actor: Actor, now: datetime) -> Alert:
    """Keep a search of the directory and tell its new companies; saved before, only the cadence changes.

    Raises NothingAsked, TooLong, TooManySearches.
    """
    if not query:
        raise rules.NothingAsked
    if len(query) > rules.QUERY_LONGEST:
        raise rules.TooLong
    known = queries.saved_search(actor.user_id, query)
    if known:
        return change(alert=known, cadence=cadence, actor=actor, now=now)
    if queries.search_count(actor.user_id) >= rules.MOST:
        raise rules.TooManySearches(most=rules.MOST)
    return _open(rules.SEARCH, query, cadence, actor, now)


def follow_watched(*, cadence: str, actor: Actor, now: datetime) -> Alert:
    """Tell a person of changes at the companies they watch; opened once, and left as it is afterwards."""
    known = next((a for a in queries.of(actor.user_id) if a.subject == rules.WATCHED), None)
    return known or _open(rules.WATCHED, "", cadence, actor, now)


def _open(subject: str, query: str, cadence: str, actor: Actor, now: datetime) -> Alert:
    alert = Alert(
        account_id=actor.user_id,
        subject=subject,
        query=query,
        cadence=cadence,
        created_at=now,
        checked_at=now,
        next_at=rules.next_time(cadence, now=now, zone=actor.zone),
    )
    db.session.add(alert)
    db.session.flush()
    _log("alert.opened", alert, actor, now)
    return alert


def change(*, alert: Alert, cadence: str, actor: Actor, now: datetime) -> Alert:
    """Tell more or less often from now on; what happened while nobody was to be told is not told afterwards."""
    if alert.cadence == rules.NEVER:
        alert.checked_at = now
    alert.cadence, alert.next_at = cadence, rules.next_time(cadence, now=now, zone=actor.zone)
    _log("alert.changed", alert, actor, now)
    return alert


def stop(*, alert: Alert, actor: Actor | System, now: datetime) -> Alert:
    """Send no more mail about this; the search stays saved. Stopping twice changes nothing."""
    if alert.cadence != rules.NEVER:
        alert.cadence, alert.next_at = rules.NEVER, None
        _log("alert.stopped", alert, actor, now)
    return alert


def remove(*, alert: Alert, actor: Actor, now: datetime) -> None:
    """Forget a saved search."""
    _log("alert.removed", alert, actor, now)
    db.session.delete(alert)


def _log(code: str, alert: Alert, actor: Actor | System, now: datetime) -> None:
    data = {"subject": alert.subject, "cadence": alert.cadence}
    journal.append(code=code, data=data, actor=actor, subject=("alert", alert.id), now=now)


def tell_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Look at every alert that is due and queue what it has to tell; return how many were told.

    Looking and telling are one transaction that moves the alerts on; of two processes, one finds one moved already.
    Some are looked at together, so that many who are due at once are told in a moment.
    """
    due, told = queries.due(now, limit=BATCH), 0
    for start in range(0, len(due), TOGETHER):
        if stopping():
            break
        found = queries.by_ids(due[start : start + TOGETHER])
        people = accounts.people({alert.account_id for alert in found})
        told += _tell(found, people, now)
        db.session.commit()
    return told


def _tell(alerts: list[Alert], people: Mapping, now: datetime) -> int:
    until = now - rules.SETTLED
    claimed = _claimed(alerts, people, until, now)
    news = queries.news(claimed, until=until)
    told = [alert for alert in claimed if news[alert.id].count and people[alert.account_id].active]
    outbox.queue_all([_letter(alert, people[alert.account_id], news[alert.id], until) for alert in told], now=now)
    return len(told)


def _letter(alert: Alert, person, news: queries.News, until: datetime) -> dict:
    data = {
        "path": f"/{person.language}/alerts/{links.token(alert.id)}",
        "count": news.count,
        "more": news.more,
        "named": news.named,
        "since": alert.checked_at.isoformat(),
        "stops": True,
    }
    key = f"alert:{alert.id}:{until.isoformat()}"
    message = {rules.SEARCH: "search_alert", rules.WATCHED: "watch_alert"}[alert.subject]
    return {"key": key, "message": message, "to": letters.address(person), "data": data}


def _claimed(alerts: list[Alert], people: Mapping, until: datetime, now: datetime) -> list[Alert]:
    """Those that nobody else claimed, by moving them on; what has to be told is still read from where they were."""
    together = defaultdict(list)
    for alert in alerts:
        later = rules.next_time(alert.cadence, now=now, zone=people[alert.account_id].zone)
        together[later, max(until, alert.checked_at)].append(alert.id)
    ours: set[int] = set()
    for (later, checked), mine in together.items():
        ours |= set(db.session.scalars(_MOVE, {"mine": mine, "now": now, "later": later, "checked": checked}))
    return [alert for alert in alerts if alert.id in ours]

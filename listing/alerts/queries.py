"""The alerts of a person, those that are due, and what each has to tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl

from sqlalchemy import func, select

from listing.access.actor import Tier
from listing.companies import choices, files, watched
from listing.companies import queries as companies
from listing.companies.directory import Selection
from listing.store.db import db

from .models import Alert
from .rules import SEARCH, WATCHED

MOST_COUNTED = 100
MOST_NAMED = 5


class News(NamedTuple):
    """What there is to tell: how many (up to MOST_COUNTED), whether more, and the first few by name."""

    count: int
    more: bool
    named: list[Mapping[str, str]]


def of(user_id: int) -> Sequence[Alert]:
    """The saved searches of a person, the newest first, and the alert about watched companies before them."""
    own = select(Alert).where(Alert.account_id == user_id)
    return db.session.scalars(own.order_by(Alert.subject.desc(), Alert.id.desc())).all()


def own(alert_id: int, user_id: int) -> Alert | None:
    """The alert of this id if it is the person's."""
    return db.session.scalars(select(Alert).where(Alert.id == alert_id, Alert.account_id == user_id)).one_or_none()


def by_id(alert_id: int) -> Alert | None:
    """The alert of this id, whoever's."""
    return db.session.get(Alert, alert_id)


def by_ids(alert_ids: Sequence[int]) -> list[Alert]:
    """Those of these alerts that are there still, in this order; held until the transaction ends.

    Held by their ids, because two who hold some of the same in another order would wait for each other.
    """
    asked = select(Alert).where(Alert.id.in_(alert_ids)).order_by(Alert.id).with_for_update()
    found = {alert.id: alert for alert in db.session.scalars(asked)}
    return [found[alert_id] for alert_id in alert_ids if alert_id in found]


def saved_search(user_id: int, query: str) -> Alert | None:
    """The person's alert for exactly this search."""
    mine = select(Alert).where(Alert.account_id == user_id, Alert.subject == SEARCH, Alert.query == query)
    return db.session.scalars(mine).one_or_none()


def search_count(user_id: int) -> int:
    """How many searches the person has saved."""
    mine = select(func.count()).where(Alert.account_id == user_id, Alert.subject == SEARCH)
    return db.session.scalar(mine)


def due(now: datetime, *, limit: int) -> Sequence[int]:
    """The ids of alerts to look at, those waiting longest first."""
    late = select(Alert.id).where(Alert.next_at <= now)
    return db.session.scalars(late.order_by(Alert.next_at, Alert.id).limit(limit)).all()


def selection(alert: Alert, reader: str) -> Selection:
    """What a saved search asks of the directory; a value no list knows any more is not asked for."""
    return choices.read(dict(parse_qsl(alert.query)), reader)


def news(alerts: Iterable[Alert], *, until: datetime) -> dict[int, News]:
    """By alert, what happened since it was last looked at, up to an instant."""
    searches, followed = {}, defaultdict(list)
    for alert in alerts:
        if alert.subject == WATCHED:
            followed[alert.checked_at].append(alert)  # most were looked at together before, so they are asked together
        else:
            searches[alert.id] = _news(_found(alert, until))
    return searches | {
        alert.id: _news([{"zh": row.name_zh, "en": row.name_en, "status": row.status} for row in rows])
        for after, several in followed.items()
        for alert, rows in _changed(several, after, until)
    }


def _changed(alerts: Sequence[Alert], after: datetime, until: datetime) -> Iterator[tuple[Alert, list]]:
    changes = watched.changes([alert.account_id for alert in alerts], after=after, until=until)
    return ((alert, changes[alert.account_id]) for alert in alerts)


def _found(alert: Alert, until: datetime) -> list[Mapping[str, str]]:
    """What anyone with an account finds, whoever saved the search: a mail may be read by others."""
    asked = replace(selection(alert, "en"), sort="newest", after=alert.checked_at)
    every = companies.everything(asked, Tier.REGISTERED, files.COLUMNS)
    new = (row for row in every if row.displayed_at <= until)
    return [{"zh": row.name_zh, "en": row.name_en} for row in islice(new, MOST_COUNTED + 1)]


def _news(found: list[Mapping[str, str]]) -> News:
    return News(min(len(found), MOST_COUNTED), len(found) > MOST_COUNTED, found[:MOST_NAMED])

"""What the benchmarks of roadshows are tried on: a roadshow to come and people whose institution is admitted.

Rows are made relative to the clock of the installation, because its processes ask the real one.
"""

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import update

from faults.place import Place
from listing.admission.models import Admission
from listing.roadshows.models import Registration, Roadshow
from listing.store.db import db
from tests import factories
from tests.roadshows import made

DAY = timedelta(days=1)


def now_at(place: Place) -> datetime:
    return place.app.extensions["clock"].now()


def a_roadshow(now: datetime, *, first: date | None = None, **said) -> Roadshow:
    """A roadshow whose registration is open; its first day is in a month."""
    window = {"opens": (now - DAY).replace(tzinfo=None), "closes": (now + 20 * DAY).replace(tzinfo=None)}
    return made.a_roadshow(first=first or (now + 30 * DAY).date(), **window | said)


def colleagues(now: datetime, count: int) -> list[tuple[int, int]]:
    """That many people of one institution that is admitted, by number, each with the number of the institution."""
    own = made.an_admitted_investor(until=now + 365 * DAY)
    db.session.execute(update(Admission).values(since=now - 30 * DAY))
    rest = [factories.a_member(own.organisation, "viewer") for _ in range(count - 1)]
    return [(member.user_id, own.organisation_id) for member in (own, *rest)]


def sessions(now: datetime, people: list[tuple[int, int]]) -> list[str]:
    """A session in a browser for each of them, by its token."""
    tokens = [secrets.token_urlsafe(32) for _ in people]
    for (account_id, _organisation_id), token in zip(people, tokens, strict=True):
        user = db.session.get_one(factories.User, account_id)
        factories.a_session(user, token, created_at=now, seen_at=now, expires_at=now + timedelta(hours=8))
    return tokens


def confirmed(day_id: int, people: list[tuple[int, int]], at: datetime) -> list[Registration]:
    """A confirmed place on site for each of them since ``at``, without the letters that tell of it."""
    rows = [
        Registration(
            day_id=day_id,
            account_id=account_id,
            organisation_id=organisation_id,
            mode="onsite",
            state="confirmed",
            state_at=at,
            applied_at=at,
            turn=turn,
        )
        for turn, (account_id, organisation_id) in enumerate(people, start=1)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows

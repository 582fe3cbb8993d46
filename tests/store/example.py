"""An event with few seats: the smallest thing that is scarce. Its tables are no part of the product's schema."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from listing.store.db import db
from tests.conftest import DATABASES

ON_POSTGRESQL = pytest.mark.parametrize("database_url", [d for d in DATABASES if d != "sqlite"], indirect=True)


class Base(DeclarativeBase):
    pass


class Evening(Base):
    __tablename__ = "example_evening"

    id: Mapped[int] = mapped_column(primary_key=True)
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class Guest(Base):
    __tablename__ = "example_guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[int] = mapped_column(ForeignKey("example_evening.id"))
    seat: Mapped[int]


def an_evening(**values) -> int:
    evening = Evening(**{"seats": 50, **values})
    db.session.add(evening)
    db.session.flush()
    number = evening.id
    db.session.commit()
    return number


def at_once(app, many: int, act) -> list:
    """What ``act`` gives to each of ``many`` clients, every one in a thread and an application context of its own."""

    def one(_number: int):
        with app.app_context():
            try:
                return act()
            except Exception as error:
                return type(error).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def together(app, *acts) -> Counter:
    """What came of acts, each a pair of reading and doing, begun at once; on PostgreSQL all read before any writes."""
    read = Barrier(len(acts)) if db.engine.dialect.name == "postgresql" else None
    turns = iter(acts)
    db.session.rollback()  # this thread holds nothing that the others wait for

    def act():
        reads, does = next(turns)
        found = reads()
        if read:
            read.wait(timeout=20)
        does(found)
        db.session.commit()
        return "done"

    return Counter(at_once(app, len(acts), act))


def overlapping(app, first, second, *, patience: float) -> list:
    """What came of two acts of which the first has written, and waits so long for the second before it commits.

    Where the second waits for the first, as it should, the patience is what the test costs.
    """
    written, over = Event(), Event()
    db.session.rollback()

    def one():
        try:
            first()
        finally:
            written.set()
        over.wait(timeout=patience)
        db.session.commit()
        return "done"

    def other():
        written.wait(timeout=20)
        try:
            second()
            db.session.commit()
        finally:
            db.session.rollback()
            over.set()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return [came for [came] in pool.map(lambda act: at_once(app, 1, act), (one, other))]

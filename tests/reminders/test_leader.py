from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from listing.reminders import leader
from listing.store.db import db


@pytest.fixture
def pair(app):
    """The locks of two processes."""
    engines = [create_engine(db.engine.url) for _ in range(2)]
    locks = [leader.of(engine) for engine in engines]
    yield locks
    for lock, engine in zip(locks, engines, strict=True):
        lock.free()
        engine.dispose()


def test_one_leads_and_another_takes_over(pair):
    first, second = pair
    assert [first.take(), first.take(), second.take()] == [True, True, False]
    first.free()
    assert [second.take(), first.take()] == [True, False]


def test_freeing_a_lock_one_does_not_hold_changes_nothing(pair):
    first, second = pair
    assert first.take()
    second.free()
    assert not second.take()


def test_a_leader_whose_connection_is_gone_does_not_lead(pair):
    first, second = pair
    first.take()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 2000)"
                    " FROM pg_locks JOIN pg_database ON pg_database.oid = database"
                    " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
                )
            )
    else:
        first.free()
    assert [second.take(), first.take()] == [True, False]


def test_a_database_in_memory_belongs_to_its_process():
    assert leader.of(create_engine("sqlite://")).take()


def test_the_lock_lies_beside_the_database(tmp_path):
    lock = leader.of(create_engine(f"sqlite:///{tmp_path / 'a.sqlite'}"))
    lock.take()
    assert [path.name for path in Path(tmp_path).iterdir()] == ["a.sqlite.scheduler.lock"]
    lock.free()
    lock.free()

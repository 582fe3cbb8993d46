"""Appending: no gap, no collision, no commit of its own; nothing that does not belong in the log."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from listing.access.actor import NOBODY, SYSTEM
from listing.journal import canonical, guards, merkle, operations, queries, rules, verification
from listing.journal.models import Entry, Node, leaf_of
from listing.store.db import db

from .factories import LIN, NOW, a_log, an_entry

ON_POSTGRESQL = pytest.mark.parametrize("engine_options", ["postgresql"], indirect=True)


def test_an_entry_keeps_who_what_and_when(app):
    a_log(3)
    row = queries.entry(2)
    assert (row.index, row.at, row.code) == (2, datetime(2026, 11, 3, 2, 2, tzinfo=UTC), "company.published")
    assert (row.actor_id, row.actor_label) == (7, "林慧敏")
    assert (row.subject_kind, row.subject_id, row.organisation_id) == ("company", "102", 40)
    assert row.data == {"revision": 2, "名稱": "湾桥"}
    assert row.leaf_hash == leaf_of(row)


def test_the_stored_tree_is_the_tree_of_the_entries(app):
    a_log(37)
    frontier: list[bytes] = []
    nodes = {}
    for index, digest in enumerate(db.session.scalars(select(Entry.leaf_hash).order_by(Entry.index))):
        frontier, completed = merkle.grow(frontier, index, digest)
        nodes.update({(index, level): node for level, node in enumerate(completed, start=1)})
    assert queries.tip() == queries.Tip(37, tuple(frontier))
    assert {(node.last, node.level): node.hash for node in db.session.scalars(select(Node))} == nodes


def test_nothing_is_committed_by_appending(app):
    a_log(2)
    an_entry(2)
    db.session.rollback()
    assert queries.tip().size == 2
    a_log(1)
    assert verification.verify() == verification.Verdict(3, queries.tip().root, ())


def test_the_product_itself_and_nobody_may_act(app):
    for actor in (SYSTEM, NOBODY):
        operations.append(code="account.refused", actor=actor, now=NOW)
    rows = db.session.scalars(select(Entry).order_by(Entry.index)).all()
    assert [(row.actor_id, row.actor_label, row.data) for row in rows] == [(None, "system", {}), (None, "nobody", {})]


@pytest.mark.parametrize("code", ["signed in", "account", "Account.signed_in", "account.", "a.b\n", "a." + "b" * 63])
def test_a_code_is_short_dotted_words(code):
    with pytest.raises(rules.Unfit):
        operations.append(code=code, actor=LIN, now=NOW)


@pytest.mark.parametrize("data", [{"password": "x"}, {"changed": [{"Token": "x"}]}, {"a": {"totp": "123456"}}])
def test_secrets_stay_out(data):
    with pytest.raises(rules.Unfit):
        operations.append(code="account.changed", data=data, actor=LIN, now=NOW)


@pytest.mark.parametrize("data", [{"rate": 7.1}, {"at": NOW.replace(tzinfo=None)}, {1: "x"}, {"raw": b"x"}])
def test_what_has_no_single_spelling_stays_out(data):
    with pytest.raises(canonical.NotCanonical):
        operations.append(code="account.changed", data=data, actor=LIN, now=NOW)


def test_broken_text_stays_out_and_leaves_no_trace(app):
    with pytest.raises(canonical.NotCanonical):
        operations.append(code="account.changed", data={"name": "\ud83d"}, actor=LIN, now=NOW)
    db.session.rollback()
    a_log(2)
    assert verification.verify().holds


def test_values_come_back_as_they_were_hashed(app):
    data = {"size": 2**70, "nul": "a\x00b", "rare": "𠮷野", "day": NOW.date(), "at": NOW, "list": (1, None, True)}
    operations.append(code="account.changed", data=data, actor=LIN, now=NOW)
    db.session.commit()
    expected = {"day": "2026-11-03", "at": "2026-11-03T02:00:00Z", "list": [1, None, True]}
    assert queries.entry(0).data == {**data, **expected}
    assert verification.verify().holds


@pytest.mark.parametrize("table", guards.UNDELETABLE)
def test_the_database_refuses_to_delete(app, table):
    a_log(2)
    with pytest.raises(DBAPIError, match=guards.REFUSAL):
        db.session.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize(("table", "change"), [("journal_entry", "code = 'x.y'"), ("journal_node", "level = 9")])
def test_the_database_refuses_to_change(app, table, change):
    a_log(2)
    with pytest.raises(DBAPIError, match=guards.REFUSAL):
        db.session.execute(text(f"UPDATE {table} SET {change}"))


@ON_POSTGRESQL  # SQLite knows no TRUNCATE
def test_the_database_refuses_to_truncate(app):
    a_log(2)
    with pytest.raises(DBAPIError, match=guards.REFUSAL):
        db.session.execute(text("TRUNCATE journal_entry"))


def test_guards_come_off_and_on_again_by_the_statements_of_a_migration(app):
    a_log(2)
    for sql in [*guards.removal(db.engine.dialect.name), *guards.statements(db.engine.dialect.name)]:
        db.session.execute(text(sql))
    db.session.commit()
    with pytest.raises(DBAPIError, match=guards.REFUSAL):
        db.session.execute(text("DELETE FROM journal_entry"))


WRITERS, EACH = 4, 15


def write_at_once(app) -> int:
    """Append from several threads; returns how many transactions failed."""

    def write(writer: int) -> int:
        failed = 0
        with app.app_context():
            for number in range(EACH):
                try:
                    an_entry(writer * EACH + number)
                    db.session.commit()
                except (IntegrityError, DBAPIError):
                    db.session.rollback()
                    failed += 1
            db.session.remove()
        return failed

    db.session.remove()
    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, range(WRITERS)))


def test_writers_at_once_leave_neither_gap_nor_collision(app):
    assert write_at_once(app) == 0
    assert db.session.scalar(select(func.count()).select_from(Entry)) == WRITERS * EACH
    assert verification.verify() == verification.Verdict(WRITERS * EACH, queries.tip().root, ())


@ON_POSTGRESQL  # on SQLite a transaction begins with the lock on the whole database
def test_without_the_lock_on_the_head_writers_collide(app, monkeypatch):
    a_log(1)
    monkeypatch.setattr(operations, "_take_head", lambda: db.session.execute(operations._HEAD).one())
    assert write_at_once(app) > 0

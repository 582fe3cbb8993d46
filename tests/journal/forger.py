"""Somebody who owns the database: takes the guards off, writes what they like, recomputes what they like."""

from sqlalchemy import delete, insert, select, text, update

from listing.journal import guards, merkle
from listing.journal.models import Entry, Head, Node, leaf_of
from listing.store.db import db

ENTRY, NODE, HEAD = Entry.__table__, Node.__table__, Head.__table__


def unguard() -> None:
    """Drop every trigger."""
    for sql in guards.removal(db.engine.dialect.name):
        db.session.execute(text(sql))


def write(*statements) -> None:
    """Run SQL behind the back of the application, and commit."""
    unguard()
    for statement in statements:
        db.session.execute(statement)
    db.session.commit()
    db.session.expire_all()


def edit(index: int, **values):
    """SQL that changes an entry."""
    return update(ENTRY).where(ENTRY.c.index == index).values(**values)


def strike(first: int, last: int):
    """SQL that deletes entries."""
    return delete(ENTRY).where(ENTRY.c.index.between(first, last))


def rehash(index: int) -> None:
    """Give an altered entry the leaf hash of its new content."""
    row = db.session.execute(select(*ENTRY.c).where(ENTRY.c.index == index)).one()
    write(edit(index, leaf_hash=leaf_of(row)))


def rebuild() -> None:
    """Recompute leaf hashes, subtrees and head from whatever entries there are."""
    unguard()
    frontier: list[bytes] = []
    db.session.execute(delete(NODE))
    rows = db.session.execute(select(*ENTRY.c).order_by(ENTRY.c.index)).all()
    for index, row in enumerate(rows):
        frontier, completed = merkle.grow(frontier, index, leaf_of(row))
        db.session.execute(edit(index, leaf_hash=leaf_of(row)))
        for level, node in enumerate(completed, start=1):
            db.session.execute(insert(NODE).values(last=index, level=level, hash=node))
    db.session.execute(update(HEAD).values(size=len(rows), frontier=b"".join(frontier)))
    db.session.commit()
    db.session.expire_all()

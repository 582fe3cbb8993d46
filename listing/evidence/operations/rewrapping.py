"""Wrapping every key anew under the current one.

Contents are not touched and readers not disturbed: a row has its key id and its wrapping in one version. Each batch is
a transaction of its own; broken off, it goes on where it stopped.
"""

from flask import current_app
from sqlalchemy import select, update

from listing.store.db import db

from ..keyring import Keyring
from ..models import Evidence

BATCH = 200


def rewrap() -> int:
    """Re-wrap what lies under another key, commit batch by batch, and return how many. Raises UnknownKey, Tampered."""
    ring, done, last = Keyring.of(current_app.config), 0, 0
    others = (
        select(Evidence).where(Evidence.key_id != ring.current, Evidence.wrapped.is_not(None)).order_by(Evidence.id)
    )
    while rows := db.session.scalars(others.where(Evidence.id > last).limit(BATCH)).all():
        for row in rows:
            last = row.id
            wrapped = ring.wrap(ring.unwrap(row.wrapped, row.bound(), key_id=row.key_id), row.bound())
            same = (Evidence.id == row.id, Evidence.wrapped == row.wrapped)  # not destroyed meanwhile
            done += db.session.execute(
                update(Evidence)
                .where(*same)
                .values(key_id=ring.current, wrapped=wrapped)
                .execution_options(synchronize_session=False)
            ).rowcount
        db.session.commit()
        db.session.expire_all()
    return done

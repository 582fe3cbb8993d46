"""A visitor of any tier, and the statements a page costs."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from listing.access.actor import NOBODY, Actor, Membership, Tier
from listing.store.db import db


@pytest.fixture
def visit_as(app, monkeypatch):
    """Let the following requests come from somebody of a tier, or of an organisation."""

    def become(tier=Tier.PUBLIC, organisation_id=None):
        own = (Membership(organisation_id, "enterprise", "owner"),) if organisation_id else ()
        person = NOBODY if tier == Tier.PUBLIC else Actor(user_id=7, label="visitor", tier=tier, memberships=own)
        monkeypatch.setitem(app.extensions, "load_actor", lambda: person)

    return become


@pytest.fixture
def statements(app):
    """Count the statements inside a block: ``with statements() as seen: …; len(seen)``."""

    @contextmanager
    def counting():
        seen = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting

"""Counting statements."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from listing.store.db import db


@pytest.fixture
def statements(app):
    """A context that collects the statements sent meanwhile."""

    @contextmanager
    def collect():
        found = []

        def note(_connection, _cursor, statement, *_rest):
            found.append(statement)

        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return collect

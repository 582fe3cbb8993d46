"""An enterprise with an owner, a company, and a server of its own that listens."""

import pytest

from listing.access.actor import SYSTEM
from listing.store.db import db
from listing.webhooks import dispatch, operations, road, rules
from tests.factories import NOW, a_company, a_member

from .sink import Sink


@pytest.fixture
def sink(app, monkeypatch):
    """A listening server that may be called although it is on this machine."""
    with Sink() as server:
        monkeypatch.setitem(app.config, "WEBHOOK_ALLOW", [server.host])
        yield server


@pytest.fixture
def owner(app):
    return a_member()


@pytest.fixture
def company(owner):
    return a_company(slug="example", organisation_id=owner.organisation_id)


@pytest.fixture
def hook(owner, sink):
    """Give the server's address for an organisation; returns the row and its secret."""

    def given(path="/hook", kinds=tuple(rules.KINDS), organisation=None):
        made = operations.register(
            organisation=organisation or owner.organisation,
            address=sink.address(path),
            kinds=list(kinds),
            actor=SYSTEM,
            now=NOW,
        )
        db.session.commit()
        return made

    return given


@pytest.fixture
def run(app, monkeypatch):
    """One pass at the time of the test’s clock; patient, because the machine may stand still, unless told otherwise."""

    def passed(seconds=20.0, **kwargs):
        monkeypatch.setattr(road, "SECONDS", seconds)
        db.session.commit()
        done = dispatch.run(now=app.extensions["clock"].now(), **kwargs)
        db.session.expire_all()
        return done

    return passed

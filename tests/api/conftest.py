"""A person whose programs ask, and a way to ask."""

import pytest

from listing.store.db import db
from tests.accounts.conftest import statements  # noqa: F401
from tests.factories import a_key, a_member

# What is sent to the addresses that read a body.
BODIES = {"/api/v1/check": {"id": "a", "zh": "收入2,030万元", "en": "revenue of RMB203 million"}}


@pytest.fixture
def membership(app):
    """An owner of an enterprise, in whose name keys are made."""
    return a_member()


@pytest.fixture
def ask(client, membership):
    """Ask an address with a key of that person's that may do all there is, or with the one given."""
    _row, own = a_key(membership.user)
    db.session.commit()

    def asked(path, token=own, **headers):
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        if path in BODIES:
            return client.post(path, json=BODIES[path], headers=sent | headers)
        return client.get(path, headers=sent | headers)

    return asked

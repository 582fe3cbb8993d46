"""A visitor of any tier."""

import pytest

from listing.access.actor import NOBODY, Actor, Membership, Tier


@pytest.fixture
def visit_as(app, monkeypatch):
    """Let the following requests come from somebody of a tier, or of an organisation."""

    def become(tier=Tier.PUBLIC, organisation_id=None):
        own = (Membership(organisation_id, "enterprise", "owner"),) if organisation_id else ()
        person = NOBODY if tier == Tier.PUBLIC else Actor(user_id=7, label="visitor", tier=tier, memberships=own)
        monkeypatch.setitem(app.extensions, "load_actor", lambda: person)

    return become

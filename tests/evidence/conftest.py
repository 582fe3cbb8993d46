"""A holder, its member, a file in the vault, and people outside."""

import io
from types import SimpleNamespace

import pytest

from listing.access.actor import Actor, Membership
from listing.accounts.models import Organisation
from listing.evidence.operations import keeping
from listing.evidence.rules import About, Case
from listing.store.db import db
from tests.factories import NOW, a_member, a_user, an_organisation
from tests.files.samples import PDF

CASE = Case("application", "7")
SECOND = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
NAME = "陈大文 身份證明𠮷.pdf"


def acting(user, **more) -> Actor:
    """The person as the one who acts, with the password just given."""
    own = tuple(Membership(m.organisation_id, m.organisation.kind, m.role) for m in user.memberships)
    return Actor(**{"user_id": user.id, "label": user.name, "memberships": own, "fresh_at": NOW} | more)


@pytest.fixture
def people(app):
    """The holder's owner, and one of every kind who has no business here."""
    operator = an_organisation("operator")
    found = SimpleNamespace(
        holder=a_member(an_organisation("investor")).user,
        investor=a_member(an_organisation("investor")).user,
        enterprise=a_member(an_organisation("enterprise")).user,
        organizer=a_member(an_organisation("organizer")).user,
        reviewer=a_member(operator, "reviewer", a_user(**SECOND)).user,
        supervisor=a_member(operator, "supervisor", a_user(**SECOND)).user,
    )
    db.session.commit()
    return found


@pytest.fixture
def keep(people):
    """Keep some bytes for the holder."""

    def keep(content: bytes = PDF, name: str = NAME, **more):
        values = {
            "organisation_id": people.holder.memberships[0].organisation_id,
            "case": CASE,
            "about": About("identity", issuer="香港入境事務處", region="HK"),
            "retention": "draft",
            "actor": acting(people.holder),
            "now": NOW,
        }
        row = keeping.keep(stream=io.BytesIO(content), name=name, **values | more)
        db.session.commit()
        return row

    return keep


def of(user) -> Organisation:
    """The organisation of a person."""
    return user.memberships[0].organisation

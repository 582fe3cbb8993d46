"""A submission that waits, its signer, and reviewers."""

import pytest

from listing.access.actor import Actor, Membership, Tier
from listing.profiles import operations as profiles
from listing.reviewing import queries
from listing.store.db import db
from tests.factories import NOW, a_member, a_user, an_organisation
from tests.profiles.conftest import filled

SECOND_FACTOR = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}


def acting(member):
    """The person of a membership as the one who acts."""
    place = Membership(member.organisation_id, member.organisation.kind, member.role)
    tier = Tier.STAFF if member.organisation.kind == "operator" else Tier.REGISTERED
    return Actor(user_id=member.user_id, label=member.user.name, memberships=(place,), tier=tier)


@pytest.fixture
def operator(app):
    return an_organisation("operator")


@pytest.fixture
def reviewers(operator):
    """Two reviewers and a supervisor, each with a second factor."""
    roles = ("reviewer", "reviewer", "supervisor")
    return [a_member(operator, role, a_user(**SECOND_FACTOR)) for role in roles]


@pytest.fixture
def signer(app):
    return a_member(an_organisation("enterprise"), "owner", a_user(**SECOND_FACTOR))


def sent(member, profile=None, **typed):
    """What the enterprise of ``member`` sent, signed by that person."""
    who = {"actor": acting(member), "now": NOW}
    if profile is None:
        profile = profiles.begin(organisation_id=member.organisation_id, **who)
        filled(profile, member, **typed)
    submission = profiles.submit(profile=profile, declared_true=True, **who)
    db.session.commit()
    return submission


@pytest.fixture
def submission(signer):
    return sent(signer)


def case(submission, member):
    """The case as that reviewer sees it now."""
    return queries.case(submission.id, acting(member))

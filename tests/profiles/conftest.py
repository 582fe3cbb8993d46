"""An enterprise that writes: its people and a profile, whole or empty."""

import pytest

from listing.access.actor import Actor, Membership
from listing.profiles import operations
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation

from . import answers


def acting(member):
    """The person of a membership as the one who acts."""
    place = Membership(member.organisation_id, member.organisation.kind, member.role)
    return Actor(user_id=member.user_id, label=member.user.name, memberships=(place,))


@pytest.fixture
def editor(app):
    return a_member(an_organisation("enterprise"), "editor")


@pytest.fixture
def profile(editor):
    return operations.begin(organisation_id=editor.organisation_id, actor=acting(editor), now=NOW)


def filled(profile, member, **typed):
    """The profile with every sheet of the first publication saved; ``typed`` replaces or adds sheets."""
    for sheet, values in {**answers.WHOLE, **typed}.items():
        operations.save(
            profile=profile,
            sheet=sheet,
            content=answers.content(sheet, values),
            version=0,
            actor=acting(member),
            now=NOW,
        )
    db.session.flush()
    return profile

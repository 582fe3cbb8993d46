"""Institutions that apply, and the people who look at it."""

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import Actor, Membership, Tier
from listing.admission import consents
from listing.admission.operations import applying, consenting
from listing.store.db import db
from tests.factories import NOW, a_member, a_user, an_organisation

from . import answers

SEVERAL = ("markets", "products", "sources", "countries", "qualification")  # of whose values several may be ticked
SECOND_FACTOR = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}


def acting(member):
    """The person of a membership as the one who acts."""
    place = Membership(member.organisation_id, member.organisation.kind, member.role)
    tier = Tier.STAFF if member.organisation.kind == "operator" else Tier.REGISTERED
    return Actor(user_id=member.user_id, label=member.user.name, memberships=(place,), tier=tier)


@pytest.fixture
def applicant(app):
    return a_member(an_organisation("investor"), "owner")


@pytest.fixture
def reviewers(app):
    """Two reviewers and two supervisors, each with a second factor."""
    operator = an_organisation("operator")
    roles = ("reviewer", "reviewer", "supervisor", "supervisor")
    return [a_member(operator, role, a_user(**SECOND_FACTOR)) for role in roles]


def begun(member, now=NOW, **changed):
    """An application with every page answered."""
    who = {"actor": acting(member), "now": now}
    application = applying.begin(organisation_id=member.organisation_id, **who)
    for page, content in answers.contents(**changed).items():
        applying.save(application=application, page=page, content=content, version=0, **who)
    agreed = dict.fromkeys(consents.purposes(), consents.YES)
    consenting.answer(application=application, answers=agreed, language="en", **who)
    db.session.commit()
    return application


def sent(member, now=NOW, **changed):
    """What that institution sent, signed by that person."""
    application = begun(member, now, **changed)
    submission = applying.send(application=application, declared_true=True, actor=acting(member), now=now)
    db.session.commit()
    return submission


def submit(client, address, end="", /, **typed):
    """Send a form of the page at ``address`` (the one whose action ends so) as it stands, with ``typed`` in it."""
    page = BeautifulSoup(client.get(address).text, "lxml")
    form = next(f for f in page.select("main form[method=post]") if f.get("action", "").endswith(end))
    sent = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        if control.get("type") not in ("checkbox", "radio") or control.has_attr("checked"):
            chosen = control.find("option", selected=True) if control.name == "select" else None
            value = control.get("value", "") if control.name == "input" else control.get_text().removeprefix("\n")
            sent[control["name"]] = value if control.name != "select" else chosen["value"] if chosen else ""
    several = {name: text.split() for name, text in typed.items() if name in SEVERAL}
    return client.post(form.get("action") or address, data=sent | typed | several)

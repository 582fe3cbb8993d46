"""Members of an organisation: inviting, joining, changing roles, removing, leaving; nobody reaches another's."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.access.actor import SYSTEM
from listing.accounts.models import Invitation, Membership, User
from listing.accounts.operations import membership, people
from listing.accounts.operations.links import LinkSpent
from listing.accounts.queries import as_actor
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import NOW, PASSWORD, a_member, a_user, an_organisation

from .walk import hidden, is_in, last_path, mails, page, send, set_up_codes, sign_in


@pytest.fixture
def owner(app):
    return a_member()


@pytest.fixture
def place(client, owner):
    """The address of the owner's organisation; the owner is signed in."""
    sign_in(client, owner.user)
    return f"/en/account/organisations/{owner.organisation_id}"


def invite(client, place, email, role="editor"):
    return send(client, f"{place}/invite", {"email": email, "role": role})


def roles(organisation_id):
    db.session.commit()
    rows = db.session.execute(
        select(User.email, Membership.role)
        .join(User)
        .where(Membership.organisation_id == organisation_id)
        .order_by(User.id)
    )
    return dict(rows.all())


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_stranger_is_invited_opens_an_account_and_works(app, client, owner, place, lang):
    sent = invite(client, place.replace("/en/", f"/{lang}/"), "New@Example.com")
    assert sent.location.endswith(place.replace("/en/", f"/{lang}/"))
    path = last_path("new@example.com")
    assert path.startswith(f"/{lang}/invitation/")
    guest = app.test_client()
    assert send(guest, path, {"name": "蒲嘉禾", "password": PASSWORD}).location == f"/{lang}/login"
    sign_in(guest, "new@example.com")
    assert guest.get("/en/studio").status_code == 200
    assert roles(owner.organisation_id)["new@example.com"] == "editor"
    assert guest.get(path).status_code == 410


def test_somebody_known_joins_after_signing_in(app, client, owner, place):
    known = a_user(language="zh-Hant")
    invite(client, place, known.email, "viewer")
    path = last_path(known.email)
    assert path.startswith("/zh-Hant/invitation/"), "in the language of the one invited"
    guest = app.test_client()
    shown = page(guest.get(path))
    assert shown.find("a", class_="btn")["href"] == f"/zh-Hant/login?next={path}"
    assert sign_in(guest, known, query_string={"next": path}).location == path
    assert send(guest, path).location == "/zh-Hant/account"
    assert roles(owner.organisation_id)[known.email] == "viewer"


def test_the_answer_does_not_tell_whether_the_invited_has_an_account(client, place):
    known = a_user()
    answers = [invite(client, place, email) for email in (known.email, "nobody@example.com")]
    assert {(a.status_code, a.location) for a in answers} == {(303, place)}
    assert [len(mails(email)) for email in (known.email, "nobody@example.com")] == [1, 1]


def test_an_invitation_is_for_its_address_only(app, client, owner, place):
    invite(client, place, "new@example.com")
    path = last_path("new@example.com")
    other = a_user()
    thief = app.test_client()
    sign_in(thief, other)
    assert "signed in with another address" in thief.get(path).text
    values = hidden(thief, "/en/account/preferences")
    assert thief.post(path, data=values).status_code == 422
    assert other.email not in roles(owner.organisation_id)
    assert send(app.test_client(), path, {"name": "New", "password": PASSWORD}).status_code == 302


def test_an_invitation_ends_when_withdrawn_replaced_or_a_week_old(app, client, clock, owner, place):
    invite(client, place, "new@example.com")
    first = last_path("new@example.com")
    invite(client, place, "new@example.com", "viewer")
    second = last_path("new@example.com")
    assert client.get(first).status_code == 410
    action = page(client.get(place)).find("section", attrs={"aria-labelledby": "invitations"}).form["action"]
    send(client, action, shown_at="/en/account/sessions")
    assert client.get(second).status_code == 410
    invite(client, place, "new@example.com")
    third = last_path("new@example.com")
    clock.advance(timedelta(days=7) - timedelta(seconds=1))
    values = hidden(app.test_client(), third)
    clock.advance(timedelta(seconds=1))
    assert client.get(third).status_code == 410
    assert client.post(third, data=values).status_code in (400, 410)
    assert roles(owner.organisation_id) == {owner.user.email: "owner"}


def test_an_invitation_is_used_up_by_whoever_comes_first(owner):
    offer = {"email": "new@example.com", "role": "viewer", "language": "en"}
    membership.invite(organisation=owner.organisation, **offer, actor=as_actor(owner.user), now=NOW)
    token = last_path("new@example.com").rpartition("/")[2]
    membership.accept_as_new(token=token, name="New", password=PASSWORD, language="en", now=NOW)
    with pytest.raises(LinkSpent):
        membership.accept(token=token, actor=as_actor(owner.user), now=NOW)


def test_a_role_is_changed_and_the_person_signed_out(app, client, owner, place):
    member = a_member(owner.organisation, role="viewer")
    theirs = app.test_client()
    sign_in(theirs, member.user)
    changed = send(client, f"{place}/members/{member.user_id}", {"role": "editor"})
    assert changed.location == place
    assert not is_in(theirs)
    assert roles(owner.organisation_id)[member.user.email] == "editor"


def test_a_removed_member_is_out_at_once(app, client, owner, place):
    member = a_member(owner.organisation, role="editor")
    theirs, person = app.test_client(), member.user
    sign_in(theirs, person)
    send(client, f"{place}/members/{person.id}/remove")
    assert not is_in(theirs)
    sign_in(theirs, person)
    assert theirs.get("/en/studio").status_code == 403
    assert theirs.get(place).status_code == 404


def test_the_last_owner_stays(client, owner, place):
    a_member(owner.organisation, role="editor")
    for path, data in [
        ("leave", {}),
        (f"members/{owner.user_id}/remove", {}),
        (f"members/{owner.user_id}", {"role": "viewer"}),
    ]:
        refused = send(client, f"{place}/{path}", data)
        assert refused.status_code == 422
        assert "Someone else must be able to manage the members first." in refused.text
    assert roles(owner.organisation_id)[owner.user.email] == "owner"


def test_one_of_two_owners_may_leave(client, owner, place):
    organisation_id, other = owner.organisation_id, a_member(owner.organisation)
    assert send(client, f"{place}/leave").location == "/en/login"
    assert roles(organisation_id) == {other.user.email: "owner"}
    assert not is_in(client)


def test_the_operator_is_run_by_supervisors(app, client):
    boss = a_member(an_organisation(kind="operator"), role="supervisor")
    reviewer = a_member(boss.organisation, role="reviewer")
    place = f"/en/account/organisations/{boss.organisation_id}"
    theirs = app.test_client()
    for browser, member in ((client, boss), (theirs, reviewer)):
        sign_in(browser, member.user)
        set_up_codes(browser)
    assert theirs.get(f"{place}/invite").status_code == 403
    assert invite(client, place, "staff@example.com", "reviewer").status_code == 303
    assert invite(client, place, "staff@example.com", "owner").status_code == 422


@pytest.mark.parametrize("role", ["editor", "approver", "viewer"])
def test_only_who_runs_it_manages_the_members(client, owner, role):
    member = a_member(owner.organisation, role=role)
    sign_in(client, member.user)
    if role == "approver":
        set_up_codes(client)
    place = f"/en/account/organisations/{owner.organisation_id}"
    shown = page(client.get(place))
    assert shown.find("section", attrs={"aria-labelledby": "invitations"}) is None
    values = hidden(client, "/en/account/sessions")
    for path in ("invite", f"members/{owner.user_id}", f"members/{owner.user_id}/remove"):
        assert client.get(f"{place}/{path}").status_code == 403
        assert client.post(f"{place}/{path}", data=values).status_code == 403
    assert roles(owner.organisation_id)[owner.user.email] == "owner"


def test_another_organisation_does_not_exist_for_a_stranger(client, owner, place):
    theirs = a_member()
    invitation = membership.invite(
        organisation=theirs.organisation,
        email="x@example.com",
        role="viewer",
        language="en",
        actor=as_actor(theirs.user),
        now=NOW,
    )
    values = hidden(client, "/en/account/sessions")
    there = f"/en/account/organisations/{theirs.organisation_id}"
    for path in ("", "/invite", "/leave", f"/members/{theirs.user_id}", f"/members/{theirs.user_id}/remove"):
        assert client.get(there + path).status_code == 404, path
        assert client.get(f"/en/account/organisations/999{path}").status_code == 404, path
    crossing = [
        f"{there}/invitations/{invitation.id}/withdraw",
        f"{place}/invitations/{invitation.id}/withdraw",
        f"{place}/members/{theirs.user_id}/remove",
    ]
    assert [client.post(path, data=values).status_code for path in crossing] == [404, 404, 404]
    db.session.commit()
    assert db.session.scalars(select(Invitation.ended_at)).all() == [None]


def test_managing_members_asks_for_the_password_when_it_is_long_ago(client, owner, place, monkeypatch):
    monkeypatch.setattr("listing.accounts.freshness.check_and_update_authn_fresh", lambda *_args: False)
    for path in ("invite", f"members/{owner.user_id}", f"members/{owner.user_id}/remove", "leave"):
        assert client.get(f"{place}/{path}").location == f"/en/verify?next={place}/{path}"


def test_every_change_is_in_the_journal(client, owner, place):
    invite(client, place, "new@example.com")
    member = a_member(owner.organisation, role="viewer")
    send(client, f"{place}/members/{member.user_id}", {"role": "editor"})
    send(client, f"{place}/members/{member.user_id}/remove")
    entries = db.session.scalars(select(Entry).where(Entry.subject_kind == "organisation").order_by(Entry.index)).all()
    assert [(e.code, e.actor_id, e.organisation_id) for e in entries] == [
        (code, owner.user_id, owner.organisation_id)
        for code in ("membership.invited", "membership.role_changed", "membership.removed")
    ]


def test_the_page_costs_as_many_statements_with_one_member_as_with_three(client, owner, place, statements):
    client.get(place)
    with statements() as one:
        client.get(place)
    for _ in range(2):
        a_member(owner.organisation, role="viewer")
    with statements() as three:
        client.get(place)
    assert len(one) == len(three)


def test_what_a_former_owner_offered_opens_nothing_any_more(app, client, owner, place):
    second = a_member(owner.organisation)
    other = app.test_client()
    sign_in(other, second.user)
    invite(other, place, "back@example.com", "owner")
    invite(client, place, "wanted@example.com")
    send(client, f"{place}/members/{second.user_id}/remove")
    assert app.test_client().get(last_path("back@example.com")).status_code == 410
    assert app.test_client().get(last_path("wanted@example.com")).status_code == 200


def test_what_was_offered_ends_with_the_right_to_offer(app, client, owner, place):
    second = a_member(owner.organisation)
    other = app.test_client()
    sign_in(other, second.user)
    invite(other, place, "back@example.com", "owner")
    send(client, f"{place}/members/{second.user_id}", {"role": "editor"})
    assert app.test_client().get(last_path("back@example.com")).status_code == 410


def test_what_a_closed_account_offered_opens_nothing(app, client, owner, place):
    invite(client, place, "back@example.com", "owner")
    people.disable(user=owner.user, actor=SYSTEM, now=NOW)
    db.session.commit()
    assert app.test_client().get(last_path("back@example.com")).status_code == 410


def test_invitations_fill_nobodys_mailbox(client, place):
    answers = [invite(client, place, "victim@example.com").status_code for _ in range(7)]
    assert answers == [303] * 6 + [429]
    assert len(mails("victim@example.com")) == 6


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_too_large_for_any_row_is_no_page(client, place, number):
    for path in (f"/en/account/organisations/{number}", f"{place}/members/{number}"):
        assert client.get(path).status_code == 404

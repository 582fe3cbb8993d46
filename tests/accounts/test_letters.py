"""Every letter of accounts reads in three languages, has one link, and carries nothing a name smuggled in."""

import pytest

from listing.accounts import rules
from listing.accounts.operations import letters, links, membership
from listing.accounts.queries import as_actor
from listing.notifications import render
from listing.notifications.models import Notice
from listing.store.db import db
from tests.factories import NOW, a_member, a_user

CHANGES = (
    "password",
    "codes_on",
    "codes_off",
    "recovery_code",
    "passkey_added",
    "passkey_removed",
    "second_factor_reset",
)


def written(app):
    """The letters queued, as words."""
    with app.test_request_context():
        return [render.words(notice) for notice in db.session.query(Notice).order_by(Notice.id)]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_each_letter_is_written_with_one_link_to_a_page_of_ours(app, lang):
    user = a_user(language=lang, name="Ann\u202e https://evil.example <b>")
    for purpose, send in (
        (links.CONFIRM, letters.confirm_address),
        (links.RESET, letters.already_known),
        (links.RESET, letters.set_password),
    ):
        send(user, links.issue(user, purpose, lasts=rules.RESET_LASTS, now=NOW), NOW)
    letters.unknown("nobody@example.com", lang, NOW)
    letters.new_device(user, "Chrome · Windows", "203.0.113.0/24", NOW)
    for what in CHANGES:
        letters.security_changed(user, what, NOW)
    owner = a_member().user
    place = owner.memberships[0].organisation
    for role in ("owner", "viewer"):
        membership.invite(
            organisation=place, email=user.email, role=role, language="en", actor=as_actor(owner), now=NOW
        )
    told = written(app)
    assert len(told) == 5 + len(CHANGES) + 2
    assert len({words.text for words in told}) == len(told)
    assert not any("evil.example" in words.html and "://evil" in words.html for words in told)
    urls = app.url_map.bind("localhost")
    for notice in db.session.query(Notice):
        assert urls.match(notice.data["path"])[1].get("lang") == lang
    assert [notice.sensitive for notice in db.session.query(Notice).order_by(Notice.id)] == (
        [True] * 3 + [False] * (2 + len(CHANGES)) + [True] * 2
    )


def test_a_letter_with_a_secret_link_is_marked_so(app):
    user = a_user()
    letters.set_password(user, "token", NOW)
    assert db.session.query(Notice).one().sensitive

"""What names and passwords may be, which roles exist, and the predicates of the policy."""

import pytest

from listing.access.actor import NOBODY, Actor, Membership
from listing.accounts import devices, rules
from listing.accounts.models import Organisation


def actor(*memberships, **fields):
    return Actor(user_id=1, label="x", memberships=tuple(Membership(*m) for m in memberships), **fields)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王  小明 ", "王 小明"),
        ("João", "João"),
        ("Jo\u0061\u0303o", "João"),
        ("O’Neill", "O’Neill"),
        ("𠮷野", "𠮷野"),
        ("", ""),
    ],
)
def test_names_are_kept_as_typed_but_for_blanks(typed, kept):
    assert rules.plain_text(typed) == kept


@pytest.mark.parametrize(
    "hidden",
    [
        *("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "\r\n", "\u2028", "\u00ad", "\ue000", "\u3164"),
        *("\U000e0041", "\u180e", "\ufff9", "\u2061", "\u034f", "\uffa0", "\u180b"),
    ],
)
def test_characters_that_hide_or_turn_the_line_are_refused(hidden):
    with pytest.raises(rules.HostileText):
        rules.plain_text(f"Ann{hidden}Lee")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("elevenchars", rules.PasswordTooShort),
        ("x" * 257, rules.PasswordTooLong),
        ("aaaaaaaaaaaaaa", rules.PasswordTooCommon),
        ("password1234567", rules.PasswordTooCommon),
        ("Woaini1314520!", rules.PasswordTooCommon),
        ("qwertyuiopqwertyuiop", rules.PasswordTooCommon),
        ("123456789012345", rules.PasswordTooCommon),
        ("xiaoyu123456", rules.PasswordTooCommon),
        ("Zhangwei-888888", rules.PasswordTooCommon),
        ("ann.lee@example.com", rules.PasswordNamesYou),
        ("Annabelle19900307", rules.PasswordNamesYou),
        ("Annabelle-Leeming", rules.PasswordNamesYou),
    ],
)
def test_passwords_that_fall_first_are_refused(password, refusal):
    with pytest.raises(refusal):
        rules.check_password(password, "Annabelle Leeming", "ann.lee@example.com")


@pytest.mark.parametrize(
    "password",
    [
        "lantern harbour seven",
        "灣橋灣橋夜航船燈火十二盞明",
        "aB3$aB3$xyzw",
        "            spaces in it",
        "harbourlight123456",
        "xiaoyu580931",
    ],
)
def test_passwords_of_any_characters_are_accepted(password):
    assert rules.check_password(password, "Ann Lee", "ann.lee@example.com") is None


def test_roles_by_kind():
    assert rules.roles_of("operator") == ("reviewer", "supervisor")
    assert {rules.roles_of(kind) for kind in ("enterprise", "investor", "organizer", "agent")} == {
        ("owner", "editor", "approver", "viewer")
    }
    assert [role for role in rules.MEMBER_ROLES if rules.must_have_second_factor("enterprise", role)] == ["approver"]
    assert all(rules.must_have_second_factor("operator", role) for role in rules.STAFF_ROLES)


def test_predicates_read_nothing_but_the_actor():
    place, other = Organisation(id=7), Organisation(id=8)
    owner, viewer = actor((7, "investor", "owner")), actor((7, "investor", "viewer"))
    boss, reviewer = actor((7, "operator", "supervisor")), actor((7, "operator", "reviewer"))
    assert [rules.is_owner(a, place) for a in (owner, viewer, boss, reviewer, NOBODY)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert [rules.is_member(a, place) for a in (owner, viewer, boss, NOBODY)] == [True, True, True, False]
    assert not rules.is_member(owner, other)
    assert not rules.is_owner(owner, None)
    assert [rules.is_staff(a, None) for a in (owner, boss, reviewer)] == [False, True, True]
    assert [rules.is_supervisor(a, None) for a in (owner, boss, reviewer)] == [False, True, False]
    assert [rules.is_reviewer(a, None) for a in (owner, boss, reviewer)] == [False, False, True]
    assert [rules.signed_in(a, None) for a in (owner, NOBODY)] == [True, False]
    assert [rules.has_second_factor(a, None) for a in (owner, actor(second_factor=True))] == [False, True]
    kinds = (
        (rules.belongs_to_enterprise, "enterprise"),
        (rules.belongs_to_investor, "investor"),
        (rules.belongs_to_organizer, "organizer"),
        (rules.belongs_to_agent, "agent"),
    )
    for holds, kind in kinds:
        assert [holds(actor((7, k, "viewer")), None) for k in rules.KINDS] == [k == kind for k in rules.KINDS]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unix", ""),
        (None, ""),
    ],
)
def test_a_network_is_what_one_customer_has(address, network):
    assert devices.network(address) == network


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 MicroMessenger/8.0", "WeChat · iPhone"),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_named_in_two_words(agent, label):
    assert devices.label(agent) == label

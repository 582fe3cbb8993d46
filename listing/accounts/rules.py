"""What people and organisations are, who may be called what, and how attempts slow down.

Pure: values in, values out. Nothing here loads a row or knows a request.
"""

import re
import unicodedata
from datetime import datetime, timedelta

from listing.access.actor import Actor, Membership, Tier
from listing.refusal import N_, Refusal

ENTERPRISE, INVESTOR, ORGANIZER, AGENT, OPERATOR = "enterprise", "investor", "organizer", "agent", "operator"
KINDS = (ENTERPRISE, INVESTOR, ORGANIZER, AGENT, OPERATOR)
SIGN_UP_KINDS = (ENTERPRISE, INVESTOR, ORGANIZER)

OWNER, EDITOR, APPROVER, VIEWER = "owner", "editor", "approver", "viewer"
REVIEWER, SUPERVISOR = "reviewer", "supervisor"
MEMBER_ROLES = (OWNER, EDITOR, APPROVER, VIEWER)
STAFF_ROLES = (REVIEWER, SUPERVISOR)
ROLES = MEMBER_ROLES + STAFF_ROLES

CURRENCIES = ("CNY", "HKD", "MOP", "USD", "SGD", "EUR", "GBP")
# The zones our readers are in, in this order; the whole IANA list follows them.
NEAR_ZONES = (
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Macau",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
    "America/New_York",
    "UTC",
)

# How long after giving the password (or a passkey) high-value acts do not ask for it again.
FRESH_FOR = timedelta(minutes=15)

CONFIRMATION_LASTS = timedelta(days=2)
RESET_LASTS = timedelta(hours=2)
SET_PASSWORD_LASTS = timedelta(days=3)
INVITATION_LASTS = timedelta(days=7)

PASSWORD_MIN, PASSWORD_MAX = 12, 256
NAME_MAX = 100
ORGANISATION_MAX = 200
PATH_MAX = 500

# A page of ours, as our own links spell it: no host, no backslash, no step upwards, nothing that breaks a line.
_OWN_PATH = re.compile(r"/(?:zh-Hans|zh-Hant|en)(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?(?:\?[A-Za-z0-9_.~%&=+-]*)?")


def own_path(text: str | None) -> str | None:
    """``text`` when it is the path of a page of ours, of at most PATH_MAX characters; else None."""
    return text if text and len(text) <= PATH_MAX and _OWN_PATH.fullmatch(text) else None


def given_lately(given: datetime | None, now: datetime) -> bool:
    """Whether a password or passkey given at that instant still counts for acts of high value."""
    return given is not None and now - given <= FRESH_FOR


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles a person may have in an organisation of ``kind``."""
    return STAFF_ROLES if kind == OPERATOR else MEMBER_ROLES


def runs(kind: str, role: str) -> bool:
    """Whether ``role`` decides who belongs to an organisation of ``kind``; each needs at least one such person."""
    return role == (SUPERVISOR if kind == OPERATOR else OWNER)


def must_have_second_factor(kind: str, role: str) -> bool:
    """Whether ``role`` may act only with a second factor set up: staff, and whoever approves for an organisation."""
    return kind == OPERATOR or role == APPROVER


# Keys of programs.

KEY_PREFIX = "bbk_"  # by which scanners of published code know one
KEY_DAYS = (30, 90, 180, 365)
MOST_KEYS = 20
CALLS = 300  # of one key within CALLS_WITHIN
CALLS_WITHIN = timedelta(minutes=1)


def carried(memberships: tuple[Membership, ...], organisation_id: int | None, second: bool) -> tuple[Membership, ...]:
    """The memberships that a key acts with: of its organisation, or all when it is for the person alone.

    Never the operator's, because a program cannot give a second factor; nor one that asks for a second factor which is
    not set up (``second``).
    """
    return tuple(
        m
        for m in memberships
        if m.kind != OPERATOR
        and organisation_id in (None, m.organisation_id)
        and (second or not must_have_second_factor(m.kind, m.role))
    )


# Predicates of listing/policy.py: (actor, subject) -> bool.


def anyone(actor: Actor, subject: object) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(actor: Actor, subject: object) -> bool:
    """Somebody who has signed in."""
    return actor.authenticated


def has_second_factor(actor: Actor, subject: object) -> bool:
    """Somebody for whom a password alone does not open the account."""
    return actor.second_factor


def belongs_to_enterprise(actor: Actor, subject: object) -> bool:
    """A member of an enterprise."""
    return ENTERPRISE in actor.kinds()


def belongs_to_investor(actor: Actor, subject: object) -> bool:
    """A member of an investor institution."""
    return INVESTOR in actor.kinds()


def belongs_to_organizer(actor: Actor, subject: object) -> bool:
    """A member of an organizer of events."""
    return ORGANIZER in actor.kinds()


def belongs_to_agent(actor: Actor, subject: object) -> bool:
    """A member of an agent or sponsor, who works for enterprises."""
    return AGENT in actor.kinds()


def is_staff(actor: Actor, subject: object) -> bool:
    """A member of the operator."""
    return OPERATOR in actor.kinds()


def is_reviewer(actor: Actor, subject: object) -> bool:
    """Staff who look at applications."""
    return any(m.kind == OPERATOR and m.role == REVIEWER for m in actor.memberships)


def is_supervisor(actor: Actor, subject: object) -> bool:
    """Staff who decide about staff and people."""
    return any(m.kind == OPERATOR and m.role == SUPERVISOR for m in actor.memberships)


def is_admitted(actor: Actor, subject: object) -> bool:
    """Somebody to whom offer terms are open: an admitted investor, or staff."""
    return actor.tier >= Tier.ADMITTED


def is_member(actor: Actor, subject: object) -> bool:
    """A member of the organisation that the subject is or belongs to."""
    return actor.membership(getattr(subject, "organisation_id", None)) is not None


def is_owner(actor: Actor, subject: object) -> bool:
    """Who decides about the members of the organisation that the subject is or belongs to."""
    own = actor.membership(getattr(subject, "organisation_id", None))
    return own is not None and runs(own.kind, own.role)


# Names and passwords.

# Not seen at all, or breaking the line (Unicode TR 36): nobody's name needs one. Those of the category Cf, which also
# turn the line around, are refused with it; listing/companies/rules.py refuses the same.
_TRICKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2028\u2029\u3164\uffa0")
_COMMON = frozenset(
    (
        "password",
        "passw0rd",
        "qwertyuiop",
        "qwerty",
        "1q2w3e4r",
        "1qaz2wsx",
        "letmein",
        "iloveyou",
        "woaini",
        "woaini1314",
        "abc",
        "abcd",
        "admin",
        "administrator",
        "welcome",
        "changeme",
        "baybridge",
        "wanqiao",
        "monkey",
        "dragon",
        "football",
        "baseball",
        "sunshine",
        "princess",
        "superman",
        "trustno",
        "zxcvbnm",
        "asdfghjkl",
        "secret",
        "5201314",
        "correcthorsebatterystaple",
    )
)


class HostileText(Refusal):
    message = N_("Remove invisible or direction-changing characters.")


class PasswordTooShort(Refusal):
    message = N_("Choose a password of at least 12 characters.")


class PasswordTooLong(Refusal):
    message = N_("Choose a password of at most 256 characters.")


class PasswordTooCommon(Refusal):
    message = N_("This password is among the first that attackers try. Choose another one.")


class PasswordNamesYou(Refusal):
    message = N_("Choose a password that does not consist of your name or e-mail address.")


def plain_text(text: str) -> str:
    """``text`` in NFC with single blanks. Raises HostileText for controls and characters that hide."""
    if any(c in _TRICKS or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") for c in text.strip()):
        raise HostileText
    return " ".join(unicodedata.normalize("NFC", text).split())


def normal_password(password: str) -> str:
    """The password in NFKC, so that a full-width keyboard types the same one (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *known: str) -> None:
    """Refuse a normalised password that is short, among the first guesses, or made of ``known`` (name, address).

    No rule about kinds of characters (NIST SP 800-63B). Raises PasswordTooShort, PasswordTooLong, PasswordTooCommon,
    PasswordNamesYou.
    """
    if len(password) < PASSWORD_MIN:
        raise PasswordTooShort
    if len(password) > PASSWORD_MAX:
        raise PasswordTooLong
    bare = "".join(c for c in password.casefold() if c.isalnum())
    if len(set(password)) < 4 or _is_common(bare):
        raise PasswordTooCommon
    words = {
        part
        for text in known
        for part in (text.casefold(), *text.casefold().replace("@", " ").split())
        if len(part) > 3
    }
    core = bare.strip("0123456789")
    if any("".join(c for c in word if c.isalnum()) in (bare, core) for word in words):
        raise PasswordNamesYou


# A short word or name with the run of digits behind it that reaches the asked-for length: xiaoyu123456.
_NAME_AND_RUN = re.compile(r"[a-z]{0,8}(?:123456|654321|111111|666666|888888|112233|123123|5201314)[0-9]{0,6}")


def _is_common(bare: str) -> bool:
    """Whether only digits at the ends, a repetition or a run along the keyboard make a common word long."""
    if _NAME_AND_RUN.fullmatch(bare):
        return True
    core = bare.strip("0123456789")
    halves = bare[: len(bare) // 2] if len(bare) % 2 == 0 and bare[: len(bare) // 2] == bare[len(bare) // 2 :] else ""
    return bare in _COMMON or core in _COMMON or core == "" or halves in _COMMON


# How attempts slow down.

FORGOTTEN_EVERY = timedelta(minutes=2)
FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=5)

# Kind of bucket: attempts that cost nothing before the delay begins. A check of two texts counts like a failure.
FREE = {"account": 5, "device": 5, "address": 60, "mail": 5, "mailer": 60, "code": 5, "check": 60, "key": 20}


def faded(failures: int, last: datetime, now: datetime) -> int:
    """How many failures still count: one is forgotten every two minutes."""
    return max(0, failures - max(0, int((now - last) / FORGOTTEN_EVERY)))


def delay(kind: str, failures: int) -> timedelta:
    """The pause after ``failures``: none within the free ones, then 2 seconds, doubled each time, at most 5 minutes."""
    over = failures - FREE[kind]
    return timedelta(0) if over <= 0 else min(FIRST_DELAY * 2 ** min(over - 1, 12), LONGEST_DELAY)

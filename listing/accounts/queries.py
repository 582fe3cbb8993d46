"""Looking people, organisations, sessions and links up. Changes nothing."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from flask import session
from flask_login import current_user
from sqlalchemy import Subquery, bindparam, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from listing.access.actor import Actor, Membership, Tier
from listing.store.db import db

from . import devices, rules
from . import models as tables
from .models import AccessKey, Device, Invitation, Link, Organisation, Passkey, User, WebSession


def current_actor() -> Actor | None:
    """The person of this request with every membership, or None; a visitor without a session costs no statement."""
    if "_user_id" not in session or not current_user.is_authenticated:
        return None
    user = current_user._get_current_object()
    own = {"fresh_at": _fresh_at(), "session_id": session.stored.id if session.stored else None}
    return _acting(user, _memberships(user), has_second_factor(user), **own)


def _memberships(user: User) -> tuple[Membership, ...]:
    row = tables.Membership
    found = db.session.execute(
        select(row.organisation_id, Organisation.kind, row.role)
        .join(Organisation, Organisation.id == row.organisation_id)
        .where(row.user_id == user.id)
        .order_by(row.id)
    )
    return tuple(Membership(*values) for values in found)


def _acting(user: User, memberships: tuple[Membership, ...], second_factor: bool, **own) -> Actor:
    return Actor(
        user_id=user.id,
        label=user.name,
        memberships=memberships,
        tier=Tier.STAFF if any(m.kind == rules.OPERATOR for m in memberships) else Tier.REGISTERED,
        second_factor=second_factor,
        language=user.language,
        zone=user.zone,
        documents=user.documents or "",
        **own,
    )


def _fresh_at() -> datetime | None:
    given = session.get("fs_paa")
    return datetime.fromtimestamp(given, UTC) if given else None


def as_actor(user: User) -> Actor:
    """The person as the one who acts, where no request says so: while signing in, from a link."""
    return Actor(user_id=user.id, label=user.name, language=user.language, zone=user.zone)


def has_second_factor(user: User) -> bool:
    """Whether the password alone does not open the account: one-time codes, or a passkey asked for after it."""
    if user.tf_primary_method and user.tf_totp_secret:
        return True
    return db.session.scalar(select(exists().where(Passkey.user_id == user.id, Passkey.usage == "secondary")))


def needs_second_factor(actor: Actor) -> bool:
    """Whether a role of this person asks for a second factor that is not set up yet."""
    return not actor.second_factor and any(rules.must_have_second_factor(m.kind, m.role) for m in actor.memberships)


def person(*, email: str, active: bool = False) -> User | None:
    """The person of an address; only one whose account is open, when ``active``."""
    found = db.session.scalars(select(User).where(User.email == email.strip().lower())).one_or_none()
    return None if found and active and not found.active else found


def people_of(emails: Collection[str]) -> dict[str, User]:
    """Those of these addresses, in small letters, who have an account, by address."""
    return {u.email: u for u in db.session.scalars(select(User).where(User.email.in_(emails)))} if emails else {}


def person_by_id(user_id: int) -> User | None:
    """The person of an id."""
    return db.session.get(User, user_id)


def is_active(user_id: int) -> bool:
    """Whether that account is still open."""
    user = person_by_id(user_id)
    return user is not None and user.active


def people(ids: Collection[int]) -> dict[int, User]:
    """The people of these numbers, by number."""
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(ids)))} if ids else {}


def person_names() -> Subquery:
    """The names of all people, for a list of another room to be joined with."""
    return select(User.id, User.name).subquery()


def organisation_names() -> Subquery:
    """The names of all organisations, for a list of another room to be joined with."""
    return select(Organisation.id, Organisation.name_zh, Organisation.name_en).subquery()


def organisation(organisation_id: int) -> Organisation | None:
    """The organisation of an id."""
    return db.session.get(Organisation, organisation_id)


def organisations(ids: Collection[int]) -> dict[int, Organisation]:
    """The organisations of these ids."""
    return {o.id: o for o in db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}


def organisations_of(actor: Actor, *, kinds: tuple[str, ...] | None = None) -> list[Organisation]:
    """The organisations a person belongs to, of these kinds, in the order of joining."""
    ids = [m.organisation_id for m in actor.memberships if kinds is None or m.kind in kinds]
    rows = {o.id: o for o in db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))} if ids else {}
    return [rows[i] for i in ids]


def named(ids: Iterable[int]) -> dict[int, Organisation]:
    """Those of these organisations that the companies they read may see, by id."""
    seen = select(Organisation).where(Organisation.id.in_(list(ids)), Organisation.hidden.is_(False))
    return {row.id: row for row in db.session.scalars(seen)}


def members(organisation: Organisation) -> list[tables.Membership]:
    """Members with their people, in the order of joining; one statement whatever their number."""
    row = tables.Membership
    found = select(row).join(row.user).options(contains_eager(row.user)).where(row.organisation_id == organisation.id)
    return list(db.session.scalars(found.order_by(row.id)))


def membership(organisation_id: int, user_id: int) -> tables.Membership | None:
    """A person's place in an organisation."""
    row = tables.Membership
    found = select(row).where(row.organisation_id == organisation_id, row.user_id == user_id)
    return db.session.scalars(found).one_or_none()


def open_invitations(organisation: Organisation, now: datetime) -> list[Invitation]:
    """Invitations nobody has answered yet, oldest first."""
    found = select(Invitation).where(
        Invitation.organisation_id == organisation.id, Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    return list(db.session.scalars(found.order_by(Invitation.id)))


def invitation_of(token: str, now: datetime) -> Invitation | None:
    """The invitation behind a link that still works."""
    found = select(Invitation).where(
        Invitation.token_hash == devices.digest(token), Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    return db.session.scalars(found).one_or_none()


def is_open(token: str, purpose: str, now: datetime) -> bool:
    """Whether a link for ``purpose`` still works."""
    found = exists().where(
        Link.token_hash == devices.digest(token), Link.purpose == purpose, Link.used_at.is_(None), Link.expires_at > now
    )
    return db.session.scalar(select(found))


def onward_of(token: str) -> str | None:
    """The page of ours that the reader of a link wanted to come back to."""
    return db.session.scalar(select(Link.onward).where(Link.token_hash == devices.digest(token)))


def sessions_of(actor: Actor, now: datetime) -> list[WebSession]:
    """The browsers a person is signed in with, last used first."""
    found = select(WebSession).where(WebSession.user_id == actor.user_id, WebSession.expires_at > now)
    return list(db.session.scalars(found.order_by(WebSession.seen_at.desc(), WebSession.id.desc())))


_KNOWN_DEVICE = select(
    exists().where(
        Device.token_hash == bindparam("token_hash"), Device.user_id == User.id, User.email == bindparam("email")
    )
)


def is_known_device(email: str, token: str | None) -> bool:
    """Whether the browser that carries ``token`` has signed the person of that address in before."""
    if not token:
        return False
    return db.session.scalar(_KNOWN_DEVICE, {"token_hash": devices.digest(token), "email": email})


def is_ours(token: str) -> bool:
    """Whether we gave this token to a browser, for whomever."""
    return db.session.scalar(select(exists().where(Device.token_hash == devices.digest(token))))


_HAS_DEVICES = select(exists().where(Device.user_id == bindparam("user_id")))


def has_devices(user: User) -> bool:
    """Whether the person has signed in from any browser before."""
    return db.session.scalar(_HAS_DEVICES, {"user_id": user.id})


def key_of(token_hash: str, now: datetime) -> tuple[AccessKey, Actor] | None:
    """A key that holds, with the person as far as the key carries them.

    None for one that never was, is over, was ended, whose owner's account is closed, or whose organisation they left:
    the caller cannot tell which.
    """
    held = (AccessKey.token_hash == token_hash, AccessKey.ended_at.is_(None), AccessKey.expires_at > now)
    found = select(AccessKey).join(AccessKey.user).options(contains_eager(AccessKey.user))
    key = db.session.scalars(found.where(*held, User.active, User.confirmed_at.is_not(None))).one_or_none()
    if key is None:
        return None
    second = has_second_factor(key.user)
    memberships = rules.carried(_memberships(key.user), key.organisation_id, second)
    if key.organisation_id and not memberships:
        return None
    return key, _acting(key.user, memberships, second, scopes=frozenset(key.scopes))


def keys_of(actor: Actor) -> list[AccessKey]:
    """The keys of a person's programs that were not ended, newest first; those that are over included."""
    mine = select(AccessKey).where(AccessKey.user_id == actor.user_id, AccessKey.ended_at.is_(None))
    return list(db.session.scalars(mine.options(joinedload(AccessKey.organisation)).order_by(AccessKey.id.desc())))


def passkey_count(actor: Actor) -> int:
    """How many passkeys a person has."""
    return db.session.scalar(select(func.count()).where(Passkey.user_id == actor.user_id))


def agents() -> list[Organisation]:
    """The agents there are, by name."""
    asked = select(Organisation).where(Organisation.kind == rules.AGENT)
    return list(db.session.scalars(asked.order_by(Organisation.name_en, Organisation.name_zh, Organisation.id)))


def first_of_kind(kind: str) -> Organisation | None:
    """The oldest organisation of a kind; the operator has one."""
    return db.session.scalars(
        select(Organisation).where(Organisation.kind == kind).order_by(Organisation.id).limit(1)
    ).one_or_none()

"""Links that work once: made for a purpose, found by the hash of their token, used up by one conditional update."""

from datetime import datetime, timedelta

from sqlalchemy import update

from listing.accounts import devices, rules
from listing.accounts.models import Link, User
from listing.refusal import N_, Refusal
from listing.store.db import db

CONFIRM, RESET = "confirm", "reset"


class LinkSpent(Refusal):
    message = N_("This link has been used already or is too old. Ask for a new one.")


def issue(user: User | None, purpose: str, *, lasts: timedelta, now: datetime, onward: str | None = None) -> str:
    """Make a link for ``purpose``; earlier ones for the same purpose stop working. Returns its token.

    ``onward`` is kept only when rules.own_path knows it as a page of ours.
    For nobody it does the same work and makes a link that opens nothing.
    """
    user_id = user.id if user else None
    void(user_id, purpose, now)
    token = devices.new_token()
    link = Link(
        user_id=user_id,
        purpose=purpose,
        token_hash=devices.digest(token),
        created_at=now,
        expires_at=now + lasts,
        onward=rules.own_path(onward),
    )
    db.session.add(link)
    return token


def void(user_id: int | None, purpose: str, now: datetime) -> None:
    """Let the unused links of a person for ``purpose`` work no more."""
    unused = update(Link).where(Link.user_id == (user_id or 0), Link.purpose == purpose, Link.used_at.is_(None))
    db.session.execute(unused.values(used_at=now))


def redeem(token: str, purpose: str, now: datetime) -> User:
    """Use the link up and return whose it is; of many at the same moment exactly one succeeds. Raises LinkSpent."""
    open_one = update(Link).where(
        Link.token_hash == devices.digest(token), Link.purpose == purpose, Link.used_at.is_(None), Link.expires_at > now
    )
    user_id = db.session.execute(open_one.values(used_at=now).returning(Link.user_id)).scalar_one_or_none()
    user = db.session.get(User, user_id) if user_id is not None else None
    if user is None or not user.active:
        raise LinkSpent
    return user

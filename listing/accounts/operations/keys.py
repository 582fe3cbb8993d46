"""Keys of programs: made, ended, used. Only the HMAC of a key is kept; whoever made it sees it once."""

from datetime import datetime, timedelta
from typing import NamedTuple, Self

from flask import current_app
from sqlalchemy import select, update

from listing.access.actor import Actor
from listing.access.scope import Scope
from listing.accounts import devices, queries, rules
from listing.accounts.models import AccessKey, Membership, User
from listing.accounts.sessions import kept_of
from listing.journal import operations as journal
from listing.refusal import N_, Refusal
from listing.store.db import db

from . import letters


class TooManyKeys(Refusal):
    message = N_("You have %(most)s keys. End one you no longer use first.")


class NotYours(Refusal):
    message = N_("Choose yourself or one of your organisations.")


class Used(NamedTuple):
    """What is needed of a key to note that it was used."""

    id: int
    used_at: datetime | None

    @classmethod
    def of(cls, key: AccessKey) -> Self:
        """Of this key, as it was read."""
        return cls(key.id, key.used_at)


def make(
    *, name: str, organisation_id: int | None, scopes: list[Scope], days: int, actor: Actor, now: datetime
) -> tuple[AccessKey, str]:
    """Make a key that holds for ``days``; return it with the one copy of its text. Raises TooManyKeys, NotYours."""
    if organisation_id and not rules.carried(actor.memberships, organisation_id, actor.second_factor):
        raise NotYours
    user = queries.person_by_id(actor.user_id)
    _hold(user)
    if len(queries.keys_of(actor)) >= rules.MOST_KEYS:
        raise TooManyKeys(most=rules.MOST_KEYS)
    token = rules.KEY_PREFIX + devices.new_token()
    row = AccessKey(
        user=user,
        organisation_id=organisation_id,
        name=name,
        scopes=sorted(scopes),
        token_hash=kept_of(token, current_app.secret_key),
        end=token[-4:],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(row)
    db.session.flush()
    letters.security_changed(user, "key_made", now)
    data = {"key": row.id, "scopes": row.scopes, "organisation": organisation_id, "days": days}
    _note("account.key_made", user.id, organisation_id, data, actor, now)
    return row, token


def end(*, key_id: int, actor: Actor, now: datetime) -> bool:
    """End one key of the actor's own at once; return whether there was one."""
    mine = _open().where(AccessKey.id == key_id, AccessKey.user_id == actor.user_id)
    done = db.session.execute(mine.values(ended_at=now)).rowcount == 1
    if done:
        _note("account.key_ended", actor.user_id, None, {"key": key_id}, actor, now)
    return done


def end_all(user: User, now: datetime) -> None:
    """End every key of ``user``, in the transaction of the change that is the reason."""
    db.session.execute(_open().where(AccessKey.user_id == user.id).values(ended_at=now))


def end_of(membership: Membership, now: datetime) -> None:
    """End the keys by which a person's programs act for an organisation that the person leaves."""
    theirs = (AccessKey.user_id == membership.user_id, AccessKey.organisation_id == membership.organisation_id)
    db.session.execute(_open().where(*theirs).values(ended_at=now))


def note_use(key: Used, now: datetime) -> None:
    """Keep the hour in which a key was last used; no finer, and so one write an hour."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if key.used_at is None or key.used_at < hour:
        db.session.execute(update(AccessKey).where(AccessKey.id == key.id).values(used_at=hour))


def _open():
    return update(AccessKey).where(AccessKey.ended_at.is_(None))


def _hold(user: User) -> None:
    """Let two keys of a person be made one after the other, so that the limit holds."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())


def _note(code: str, user_id: int, organisation_id: int | None, data: dict, actor: Actor, now: datetime) -> None:
    journal.append(code=code, data=data, actor=actor, subject=("account", user_id, organisation_id), now=now)

"""Taking a person out of the house: memberships, whatever opens the account, and the name of what stays."""

from datetime import datetime

from sqlalchemy import delete

from listing.access.actor import Actor
from listing.accounts import queries
from listing.accounts.models import AccessKey, Device, Invitation, Link, Passkey, User
from listing.store.db import db

from . import membership, sessions

NOWHERE = "erased.invalid"  # a domain that is never given to anybody (RFC 2606)


def leave_everything(*, user: User, actor: Actor, now: datetime) -> None:
    """End every session, key and membership. Raises membership.LastOwner where others would stay without an owner.

    An organisation without anybody else stays with its record and without members.
    """
    for row in list(user.memberships):
        alone = len(queries.members(row.organisation)) == 1
        membership.remove(membership=row, actor=actor, now=now, alone=alone)
    sessions.end_all(user)
    membership.end_offers(user.id, now)


def take_name(*, user: User, nameless: str) -> None:
    """Let the account name nobody and open nothing; its number stays, because records refer to it."""
    for table in (AccessKey, Device, Link, Passkey):
        db.session.execute(delete(table).where(table.user_id == user.id))
    db.session.execute(delete(Invitation).where(Invitation.email == user.email))
    user.name, user.email = nameless, f"erased-{user.id}@{NOWHERE}"
    user.password = user.tf_primary_method = user.tf_totp_secret = user.totp_counter = user.mf_recovery_codes = None
    user.fs_webauthn_user_handle = user.confirmed_at = None
    user.active = False

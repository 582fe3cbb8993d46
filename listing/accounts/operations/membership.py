"""Who belongs to an organisation and in which role: invitations, changes, removal. Effective at once.

Whoever loses or changes a role is signed out everywhere; an organisation never loses the last person who runs it.
"""

from datetime import datetime

from sqlalchemy import select, update

from listing.access.actor import Actor, System
from listing.accounts import devices, queries, rules
from listing.accounts.models import Invitation, Membership, Organisation, User
from listing.journal import operations as journal
from listing.refusal import N_, Refusal
from listing.store.db import db

from . import keys, letters, links, sessions, signing_up


class RoleUnfit(Refusal):
    message = N_("An organisation of this kind has no such role.")


class LastOwner(Refusal):
    message = N_("Someone else must be able to manage the members first. Give another member that role.")


class InvitationForAnother(Refusal):
    message = N_("This invitation is for another e-mail address. Sign out and open the link again.")


def invite(
    *, organisation: Organisation, email: str, role: str, language: str, actor: Actor, now: datetime
) -> Invitation:
    """Offer ``role`` to the reader of an address; a repeated offer replaces the earlier one.

    Says nothing about whether the address has an account or belongs to the organisation already: only its reader
    learns it. Raises RoleUnfit.
    """
    if role not in rules.roles_of(organisation.kind):
        raise RoleUnfit
    email = email.strip().lower()
    same = update(Invitation).where(
        Invitation.organisation_id == organisation.id, Invitation.email == email, Invitation.ended_at.is_(None)
    )
    db.session.execute(same.values(ended_at=now))
    token = devices.new_token()
    row = Invitation(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=devices.digest(token),
        invited_by=actor.user_id,
        created_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    db.session.add(row)
    db.session.flush()
    known = queries.person(email=email)
    letters.invited(row, known, token, inviter=actor.label, language=language, now=now)
    _note("membership.invited", organisation, actor, now, invitation=row.id, role=role)
    return row


def withdraw(*, organisation: Organisation, invitation_id: int, actor: Actor, now: datetime) -> bool:
    """Take an invitation back; return whether it was still open."""
    open_one = update(Invitation).where(
        Invitation.id == invitation_id, Invitation.organisation_id == organisation.id, Invitation.ended_at.is_(None)
    )
    done = db.session.execute(open_one.values(ended_at=now)).rowcount == 1
    if done:
        _note("membership.invitation_withdrawn", organisation, actor, now, invitation=invitation_id)
    return done


def accept(*, token: str, actor: Actor, now: datetime) -> Organisation:
    """Join with an invitation, signed in under its address. Raises LinkSpent, InvitationForAnother."""
    invitation = _take(token, now)
    user = queries.person_by_id(actor.user_id)
    if user.email != invitation.email:
        raise InvitationForAnother
    return _join(invitation, user, now)


def accept_as_new(*, token: str, name: str, password: str, language: str, now: datetime) -> Organisation:
    """Join as somebody who had no account; the link proves the address.

    Raises LinkSpent, also when the address has an account by now, and the refusals of rules.check_password.
    """
    invitation = _take(token, now)
    normal = rules.normal_password(password)
    rules.check_password(normal, name, invitation.email)
    if queries.person(email=invitation.email):
        raise links.LinkSpent
    user = signing_up.new_user(name=name, email=invitation.email, password=normal, language=language, now=now)
    db.session.add(user)
    db.session.flush()
    signing_up.mark_confirmed(user, now)
    return _join(invitation, user, now)


def _take(token: str, now: datetime) -> Invitation:
    """Use the invitation up; of many at the same moment one succeeds."""
    open_one = update(Invitation).where(
        Invitation.token_hash == devices.digest(token), Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    taken = db.session.execute(open_one.values(ended_at=now).returning(Invitation.id)).scalar_one_or_none()
    if taken is None:
        raise links.LinkSpent
    return db.session.get(Invitation, taken)


def _join(invitation: Invitation, user: User, now: datetime) -> Organisation:
    organisation = invitation.organisation
    present = queries.membership(organisation.id, user.id)
    if present is None:
        db.session.add(Membership(organisation_id=organisation.id, user_id=user.id, role=invitation.role, since=now))
    data = {"invitation": invitation.id, "role": invitation.role, "already": present is not None}
    _note("membership.joined", organisation, queries.as_actor(user), now, **data)
    return organisation


def change_role(*, membership: Membership, role: str, actor: Actor, now: datetime) -> None:
    """Give a member another role; their sessions end. Raises RoleUnfit, LastOwner."""
    organisation, before = membership.organisation, membership.role
    if role not in rules.roles_of(organisation.kind):
        raise RoleUnfit
    if role == before:
        return
    stays_in_charge = rules.runs(organisation.kind, role)
    _keep_someone_in_charge(membership, stays_in_charge)
    if not stays_in_charge:
        end_offers(membership.user_id, now, organisation_id=organisation.id)
    membership.role = role
    sessions.end_all(membership.user)
    _note("membership.role_changed", organisation, actor, now, account=membership.user_id, before=before, after=role)


def remove(*, membership: Membership, actor: Actor, now: datetime, alone: bool = False) -> None:
    """End a membership at once, one's own included; the person's sessions end.

    Raises LastOwner, but for one that is ``alone`` there and is erased.
    """
    organisation = membership.organisation
    _keep_someone_in_charge(membership, alone)
    end_offers(membership.user_id, now, organisation_id=organisation.id)
    sessions.end_all(membership.user)
    keys.end_of(membership, now)
    db.session.delete(membership)
    _note("membership.removed", organisation, actor, now, account=membership.user_id, role=membership.role)


def admit(*, organisation: Organisation, user: User, role: str, actor: Actor | System, now: datetime) -> Membership:
    """Make somebody a member without an invitation; for commands and the demo market. Raises RoleUnfit."""
    if role not in rules.roles_of(organisation.kind):
        raise RoleUnfit
    row = Membership(organisation=organisation, user=user, role=role, since=now)
    db.session.add(row)
    db.session.flush()
    _note("membership.admitted", organisation, actor, now, account=user.id, role=role)
    return row


def _keep_someone_in_charge(leaving: Membership, stays_in_charge: bool) -> None:
    """Refuse to take the last person who runs the organisation; locks it, so that two cannot leave at once."""
    organisation = leaving.organisation
    if stays_in_charge or not rules.runs(organisation.kind, leaving.role):
        return
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())
    others = select(Membership.role).where(Membership.organisation_id == organisation.id, Membership.id != leaving.id)
    if not any(rules.runs(organisation.kind, role) for role in db.session.scalars(others)):
        raise LastOwner


def end_offers(user_id: int, now: datetime, *, organisation_id: int | None = None) -> None:
    """Let the open invitations of somebody who may no longer offer roles, here or at all, lead nowhere."""
    open_ones = update(Invitation).where(Invitation.invited_by == user_id, Invitation.ended_at.is_(None))
    if organisation_id is not None:
        open_ones = open_ones.where(Invitation.organisation_id == organisation_id)
    db.session.execute(open_ones.values(ended_at=now))


def _note(code: str, organisation: Organisation, actor: Actor | System, now: datetime, **data) -> None:
    subject = ("organisation", organisation.id, organisation.id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)

"""Joint announcements: a company is invited to a draft or taken out of it, and leaves of its own accord.

A company that leaves before the release sends the text back to its writers; whatever was signed counts no more.
"""

from datetime import datetime

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.companies import rows as companies
from listing.companies.rules import DISPLAYED
from listing.disclosure.announcements import joint, letters, parties, rules
from listing.disclosure.announcements.models import Announcement, Party
from listing.store.db import db

from . import closing, inviting
from .writing import hold, log, step, void


def invite(*, announcement: Announcement, code: str, actor: Actor, now: datetime) -> Announcement:
    """Invite the company of that code to a draft. Raises NotNow and what ``joint.may_be_invited`` raises."""
    hold(announcement)
    if announcement.state != rules.DRAFT or announcement.form:
        raise rules.NotNow
    company = companies.by_code(code)
    there = [each.company_id for each in parties.invited(announcement.id)]
    look = {"on_display": bool(company) and company.status == DISPLAYED, "has_signatory": _has_signatory(company)}
    joint.may_be_invited(company, announcement.company_id, there, **look)
    inviting.add(announcement=announcement, companies=[company], actor=actor, now=now)
    letters.invited(announcement, company.organisation_id, now)
    log("company_invited", announcement, actor, now, company=company.id)
    return announcement


def _has_signatory(company) -> bool:
    organisation = accounts.organisation(company.organisation_id) if company and company.organisation_id else None
    return any(member.role in joint.SIGNING for member in accounts.members(organisation)) if organisation else False


def take_out(*, announcement: Announcement, party: Party, actor: Actor, now: datetime) -> Announcement:
    """Take a company out of a draft again. Raises NotNow."""
    hold(announcement)
    db.session.refresh(party)
    if announcement.state != rules.DRAFT or party.left_at:
        raise rules.NotNow
    _left(party, actor, now)
    letters.left(announcement, now, [party.organisation_id])
    log("company_taken_out", announcement, actor, now, company=party.company_id)
    return announcement


def leave(*, announcement: Announcement, reason: str, actor: Actor, now: datetime) -> Announcement:
    """Decline an invitation, or withdraw from what was not released yet, for one's own companies.

    The others are told. Raises NoReason, NotNow.
    """
    if not reason.strip():
        raise rules.NoReason
    hold(announcement)
    own = [row for row in parties.invited(announcement.id) if joint.signs_for(actor, row.organisation_id)]
    if not own or announcement.state not in (rules.DRAFT, *rules.READ, rules.QUEUED):
        raise rules.NotNow
    signatories = parties.signatories(announcement)
    void(announcement)
    for row in own:
        _left(row, actor, now)
    if announcement.state != rules.DRAFT:
        step(announcement, "leave", now)
    announcement.said = reason.strip()[: rules.NOTE_LONGEST]
    closing.moot(announcement, rules.LEFT, now)
    letters.left(announcement, now, [row.organisation_id for row in parties.invited(announcement.id)], signatories)
    log("company_left", announcement, actor, now, companies=[row.company_id for row in own])
    return announcement


def _left(party: Party, actor: Actor, now: datetime) -> None:
    party.left_at, party.left_by_label = now, str(actor.label)
    db.session.flush()

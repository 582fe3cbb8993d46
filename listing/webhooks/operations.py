"""Giving an address, stopping and starting it, sending something again. Deliveries themselves are dispatch.py's."""

import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, select, update

from listing.access.actor import SYSTEM, Actor, System
from listing.accounts import queries as people
from listing.accounts.operations import letters
from listing.accounts.rules import runs
from listing.journal import operations as journal
from listing.journal import queries as log
from listing.notifications import operations as outbox
from listing.refusal import N_, Refusal
from listing.store.db import db

from . import derive, queries, rules
from .models import Delivery, Webhook
from .seal import sealed

SECRET_BYTES = 32


class TooMany(Refusal):
    message = N_("Your organisation has %(most)s addresses. Remove one first.")


def register(*, organisation, address: str, kinds: list[str], actor: Actor, now: datetime) -> tuple[Webhook, str]:
    """Tell ``address`` from now on what ``kinds`` say; return the row with the one copy of its secret.

    Raises TooMany, rules.BadAddress.
    """
    address = rules.check_address(address, allowed())
    _hold(organisation)
    if len(queries.of_organisation(organisation.id)) >= rules.MOST:
        raise TooMany(most=rules.MOST)
    derive.begin()
    secret = secrets.token_bytes(SECRET_BYTES)
    row = Webhook(
        organisation_id=organisation.id,
        address=address,
        kinds=sorted(kinds),
        secret=sealed(secret, current_app.secret_key),
        since=log.tip().size,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    _note("webhook.registered", row, {"kinds": row.kinds}, actor, now)
    return row, rules.written(secret)


def allowed() -> frozenset[str]:
    """Hosts with their port that may be called although they are not public; for development and tests."""
    return frozenset(current_app.config["WEBHOOK_ALLOW"])


def stop(*, webhook: Webhook, reason: str, actor: Actor | System, now: datetime) -> bool:
    """Call an address no more; what waits for it goes on waiting. Return whether it was called until now."""
    running = update(Webhook).where(Webhook.id == webhook.id, Webhook.state == rules.ACTIVE)
    done = db.session.execute(running.values(state=rules.STOPPED, stopped_for=reason)).rowcount == 1
    if done and reason != rules.OWNER:
        _tell(webhook, reason, now)
    if done:
        _note("webhook.stopped", webhook, {"reason": reason}, actor, now)
    return done


def start(*, webhook: Webhook, actor: Actor, now: datetime) -> bool:
    """Call an address again; what waited for it is tried at once. Return whether it was stopped until now."""
    stopped = update(Webhook).where(Webhook.id == webhook.id, Webhook.state == rules.STOPPED)
    values = {"state": rules.ACTIVE, "stopped_for": None, "failing_since": None}
    done = db.session.execute(stopped.values(values)).rowcount == 1
    if done:
        waiting = update(Delivery).where(Delivery.webhook_id == webhook.id, Delivery.state == rules.PENDING)
        db.session.execute(waiting.values(due_at=now, attempts=0))
        _note("webhook.started", webhook, {}, actor, now)
    return done


def remove(*, webhook: Webhook, actor: Actor, now: datetime) -> bool:
    """Forget a stopped address and its deliveries; return whether it was one."""
    if webhook.state != rules.STOPPED:
        return False
    db.session.execute(delete(Webhook).where(Webhook.id == webhook.id))
    _note("webhook.removed", webhook, {}, actor, now)
    return True


def resend(*, delivery: Delivery, actor: Actor, now: datetime) -> bool:
    """Send something that arrived or was given up once more, with the same id; return whether it was such a one."""
    settled = update(Delivery).where(Delivery.id == delivery.id, Delivery.state.in_((rules.DELIVERED, rules.FAILED)))
    values = {"state": rules.PENDING, "attempts": 0, "due_at": now, "tried_at": None, "claimed_by": None}
    done = db.session.execute(settled.values(values)).rowcount == 1
    if done:
        _note("webhook.resent", delivery.webhook, {"entry": delivery.entry}, actor, now)
    return done


def sweep(*, now: datetime) -> int:
    """Delete deliveries settled long ago; return how many."""
    old = (Delivery.created_at < now - rules.KEEP, Delivery.state.in_((rules.DELIVERED, rules.FAILED)))
    return db.session.execute(delete(Delivery).where(*old)).rowcount


def _hold(organisation) -> None:
    """Let two addresses of an organisation be given one after the other, so that the limit holds."""
    table = type(organisation)
    db.session.execute(select(table.id).where(table.id == organisation.id).with_for_update())


def _tell(webhook: Webhook, reason: str, now: datetime) -> None:
    """Write to whoever runs the organisation that their address is no longer called."""
    organisation = people.organisation(webhook.organisation_id)
    for member in people.members(organisation):
        if member.user.active and runs(organisation.kind, member.role):
            to = letters.address(member.user)
            path = f"/{to.language}/account/organisations/{organisation.id}/webhooks/{webhook.id}"
            data = {"path": path, "organisation": organisation.name(to.language), "reason": reason}
            key = f"webhook:{webhook.id}:stopped:{int(now.timestamp())}:{member.user_id}"
            outbox.queue(key=key, message="webhook_stopped", to=to, data=data, now=now)


def _note(code: str, webhook: Webhook, data: dict, actor: Actor | System, now: datetime) -> None:
    subject = ("webhook", webhook.id, webhook.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)


def give_up(*, webhook: Webhook, reason: str, now: datetime) -> bool:
    """Stop an address on the product's own account."""
    return stop(webhook=webhook, reason=reason, actor=SYSTEM, now=now)

"""Which addresses and deliveries there are, and which are free to be tried."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from listing.notifications.queries import SKEW
from listing.store.db import db

from . import rules
from .models import Delivery, Webhook

SHOWN = 50


def of_organisation(organisation_id: int) -> Sequence[Webhook]:
    """An organisation's addresses, in the order they were given."""
    found = select(Webhook).where(Webhook.organisation_id == organisation_id)
    return db.session.scalars(found.order_by(Webhook.id)).all()


def webhook(organisation_id: int, webhook_id: int) -> Webhook | None:
    """One address of that organisation."""
    found = select(Webhook).where(Webhook.id == webhook_id, Webhook.organisation_id == organisation_id)
    return db.session.scalars(found).one_or_none()


def delivery(organisation_id: int, webhook_id: int, delivery_id: int) -> Delivery | None:
    """One delivery to an address of that organisation."""
    mine = (Delivery.id == delivery_id, Webhook.id == webhook_id, Webhook.organisation_id == organisation_id)
    found = select(Delivery).join(Delivery.webhook).options(contains_eager(Delivery.webhook)).where(*mine)
    return db.session.scalars(found).one_or_none()


def deliveries(row: Webhook) -> Sequence[Delivery]:
    """The last deliveries to an address, newest first."""
    found = select(Delivery).where(Delivery.webhook_id == row.id)
    return db.session.scalars(found.order_by(Delivery.id.desc()).limit(SHOWN)).all()


def waiting(row: Webhook) -> int:
    """How many deliveries to an address have not arrived yet and will be tried."""
    open_ones = Delivery.state.in_((rules.PENDING, rules.CLAIMED))
    return db.session.scalar(select(func.count()).where(Delivery.webhook_id == row.id, open_ones))


def standing() -> dict[str, int]:
    """The number of deliveries in each state."""
    counted = dict(db.session.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all())
    return {state: counted.get(state, 0) for state in rules.STATES}


def is_free(now: datetime) -> ColumnElement[bool]:
    """What a pass may claim: due, or left by a worker that has not come back; a clock set back holds nothing up."""
    set_back = Delivery.tried_at > now + SKEW
    active = exists().where(Webhook.id == Delivery.webhook_id, Webhook.state == rules.ACTIVE)
    return active & or_(
        and_(Delivery.state == rules.PENDING, or_(Delivery.due_at <= now, set_back)),
        and_(Delivery.state == rules.CLAIMED, or_(Delivery.lease_until <= now, set_back)),
    )


def is_any_free(now: datetime) -> bool:
    """Whether a pass would find anything to do."""
    return db.session.scalar(select(Delivery.id).where(is_free(now)).limit(1)) is not None

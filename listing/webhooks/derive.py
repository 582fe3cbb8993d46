"""From the journal to deliveries: every entry of an organisation that one of its addresses wants becomes a row, once.

The journal has no gaps and its entries appear in order, so one number says how far it has been read. A change and its
delivery cannot part: the delivery follows from the entry, which stands in the transaction of the change.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select, update

from listing.companies import queries as companies
from listing.journal import queries as log
from listing.store.db import db
from listing.store.inserting import insert

from . import rules
from .models import POSITION_ID, Delivery, Position, Webhook

BATCH = 1_000


def begin() -> None:
    """Begin to read the journal at its end, unless it is being read already."""
    first = insert(Position).values(id=POSITION_ID, next=log.tip().size)
    db.session.execute(first.on_conflict_do_nothing())


def behind() -> bool:
    """Whether the journal has entries that nobody has looked at for this."""
    reached = db.session.scalar(select(Position.next))
    return reached is not None and reached < log.tip().size


def read_on(*, now: datetime) -> int:
    """Make deliveries of the next entries and commit; return how many entries were looked at.

    Of several workers at once one goes on: the position moves only from where it was read.
    """
    reached = db.session.scalar(select(Position.next))
    if reached is None:
        return 0
    upto = min(log.tip().size, reached + BATCH)
    moved = update(Position).where(Position.next == reached).values(next=upto)
    if upto <= reached or db.session.execute(moved).rowcount != 1:
        db.session.rollback()
        return 0
    entries = log.told(reached, upto, codes=tuple(rules.KINDS))
    rows = list(_deliveries(entries, now))
    if rows:
        db.session.execute(insert(Delivery).on_conflict_do_nothing(), rows)
    db.session.commit()
    return upto - reached


def _deliveries(entries: Sequence, now: datetime):
    owners = {entry.organisation_id for entry in entries}
    hooks = db.session.scalars(select(Webhook).where(Webhook.organisation_id.in_(owners))).all() if owners else []
    wanted = [
        (hook, entry)
        for entry in entries
        for hook in hooks
        if hook.organisation_id == entry.organisation_id and entry.code in hook.kinds and entry.index >= hook.since
    ]
    slugs = companies.slugs({int(entry.subject_id) for _hook, entry in wanted if entry.subject_kind == "company"})
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    for hook, entry in wanted:
        yield {
            "webhook_id": hook.id,
            "entry": entry.index,
            "kind": entry.code,
            "key": rules.message_id(host, hook.id, entry.index),
            "body": _body(entry, slugs),
            "state": rules.PENDING,
            "attempts": 0,
            "created_at": now,
            "due_at": now,
        }


def _body(entry, slugs: dict[int, str]) -> str:
    """What is told: codes and numbers. Who did it and whom it concerns is told to nobody this way."""
    subject = {"kind": entry.subject_kind, "id": int(entry.subject_id)}
    if entry.subject_kind == "company":
        subject["slug"] = slugs.get(subject["id"])
    details = {name: entry.data[name] for name in rules.KINDS[entry.code] if name in entry.data}
    data = {"entry": entry.index, "organisation": entry.organisation_id, "subject": subject, **details}
    told = {"type": entry.code, "timestamp": entry.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

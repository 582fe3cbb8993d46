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

from listing.companies import rows
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
    made = list(_deliveries(entries, now))
    if made:
        db.session.execute(insert(Delivery).on_conflict_do_nothing(), made)
    db.session.commit()
    return upto - reached


def _deliveries(entries: Sequence, now: datetime):
    named = _companies(entries)
    concerned = {entry.index: _concerned(entry, named) for entry in entries}
    owners = set().union(*concerned.values())
    hooks = db.session.scalars(select(Webhook).where(Webhook.organisation_id.in_(owners))).all() if owners else []
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    for entry in entries:
        for hook in hooks:
            if hook.organisation_id not in concerned[entry.index] or entry.code not in hook.kinds:
                continue
            if entry.index < hook.since:
                continue
            yield {
                "webhook_id": hook.id,
                "entry": entry.index,
                "kind": entry.code,
                "key": rules.message_id(host, hook.id, entry.index),
                "body": _body(entry, hook.organisation_id, named),
                "state": rules.PENDING,
                "attempts": 0,
                "created_at": now,
                "due_at": now,
            }


def _companies(entries: Sequence) -> dict[int, object]:
    """The companies that these entries are about, by id."""
    return {company.id: company for company in rows.of_ids({each for entry in entries for each in _about(entry)})}


def _about(entry) -> list[int]:
    """The companies that an entry is about; of a joint announcement whoever prepared it first."""
    if entry.subject_kind == "company":
        return [int(entry.subject_id)]
    if entry.code in rules.ANNOUNCED:
        return entry.data.get(rules.JOINT) or [entry.data["company"]]
    return []


def _concerned(entry, named: dict[int, object]) -> set[int]:
    """The organisations that are told: whose entry it is, and who speaks for the companies of an announcement."""
    announcing = _about(entry) if entry.code in rules.ANNOUNCED else []
    speaking = {named[each].organisation_id for each in announcing if each in named}
    return {entry.organisation_id, *speaking} - {None}


def _body(entry, organisation_id: int, named: dict[int, object]) -> str:
    """What is told: codes and numbers. Who did it and whom it concerns is told to nobody this way."""
    slugs = [{"id": each, "slug": named[each].slug if each in named else None} for each in _about(entry)]
    if entry.subject_kind == "company":
        subject = {"kind": "company", **slugs[0]}
    else:
        key = entry.subject_id
        subject = {"kind": entry.subject_kind, "id": key if entry.code in rules.ANNOUNCED else int(key)}
    details = {name: entry.data[name] for name in rules.KINDS[entry.code] if name in entry.data}
    details |= {"companies": slugs} if entry.code in rules.ANNOUNCED else {}
    data = {"entry": entry.index, "organisation": organisation_id, "subject": subject, **details}
    told = {"type": entry.code, "timestamp": entry.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

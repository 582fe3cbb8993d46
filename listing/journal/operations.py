"""Adding to the log, inside the caller's transaction."""

import secrets
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, select, text, update

from listing.access.actor import Actor, System
from listing.store.db import db

from . import canonical, merkle, rules
from .models import HEAD_ID, Entry, Head, Node, leaf_of

_OPEN = text(f"INSERT INTO journal_head (id, size, frontier) VALUES ({HEAD_ID}, 0, :none) ON CONFLICT DO NOTHING")
# Built once: every operation appends, and building these costs more than running them.
_KEPT = Head.__table__.c
_HEAD = select(_KEPT.size, _KEPT.frontier).where(_KEPT.id == HEAD_ID)
_LOCKED = _HEAD.with_for_update()
_GROW = update(Head.__table__).where(_KEPT.id == HEAD_ID).values(size=bindparam("grown"), frontier=bindparam("hashes"))
_NODES = insert(Node.__table__)


def append(
    *,
    code: str,
    data: dict[str, object] | None = None,
    actor: Actor | System,
    subject: rules.Subject | tuple | None = None,
    now: datetime,
) -> Entry:
    """Add one entry; it is there when the caller commits, and the indices have no gap.

    Holds the head of the log until the end of the transaction, so append last: whoever waits for another row while
    holding it makes everybody wait. ``data`` carries codes and values: no prose, no secrets, no address of others.
    ``subject`` is (kind, id) or (kind, id, organisation id). Raises rules.Unfit, canonical.NotCanonical.
    """
    rules.check_code(code)
    rules.check_data(data)
    kind, key, organisation_id = rules.Subject(*subject) if subject else (None, None, None)
    values = canonical.plain(data or {})
    head = _take_head()
    entry = Entry(
        index=head.size,
        at=now,
        code=code,
        actor_id=actor.user_id or None,
        actor_label=str(actor.label),
        subject_kind=kind,
        subject_id=None if key is None else str(key),
        organisation_id=organisation_id,
        data=values,
        salt=secrets.token_bytes(canonical.SALT_BYTES),
    )
    entry.leaf_hash = leaf_of(entry)
    db.session.add(entry)
    db.session.flush()
    _extend(head, entry.leaf_hash)
    return entry


def _take_head() -> Row:
    """Lock the head until the transaction ends; on SQLite BEGIN IMMEDIATE has already done so."""
    head = db.session.execute(_LOCKED).one_or_none()
    if head is None:
        db.session.execute(_OPEN, {"none": b""})
        head = db.session.execute(_LOCKED).one()
    return head


def _extend(head: Row, leaf: bytes) -> None:
    """Write the subtrees that this leaf completes, and the new head."""
    frontier, completed = merkle.grow(merkle.hashes_of(head.frontier), head.size, leaf)
    if completed:
        rows = [{"last": head.size, "level": level, "hash": node} for level, node in enumerate(completed, start=1)]
        db.session.execute(_NODES, rows)
    db.session.execute(_GROW, {"grown": head.size + 1, "hashes": b"".join(frontier)})

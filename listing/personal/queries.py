"""Which records keep something of a person, whether somebody has to look before they are erased, and open requests."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, or_, select

from listing.accounts import queries as accounts
from listing.accounts.rules import OPERATOR
from listing.admission import queries as admissions
from listing.admission import retention
from listing.store.db import db

from . import rules
from .erasing import GONE
from .held import TRACES, Held, groups
from .models import Erasure

PAGE = 50


def kept(account_id: int) -> dict[str, rules.Record]:
    """The records that keep something of a person after an erasure, in their order; the log always does."""
    named = {rules.record_of(held.name) for held in _beyond() if _any(held, account_id)}
    return {key: record for key, record in rules.RECORDS.items() if key == "log" or key in named}


def _beyond() -> list[Held]:
    """The tables whose rows stay: those of traces, and the ledger of consents."""
    traces = [held for held in groups()[TRACES].tables if held.name not in GONE]
    return [*traces, *groups()["consents"].tables]


def _any(held: Held, account_id: int) -> bool:
    return db.session.scalar(select(exists().where(or_(*(held.table.c[name] == account_id for name in held.by)))))


def kept_until(account_id: int) -> date | None:
    """The day until which the papers of a person's institutions are kept; None while that is not known."""
    own = {m.organisation_id for m in accounts.person_by_id(account_id).memberships}
    return retention.kept_until(own | admissions.answered_for(account_id))


def needs_confirming(account_id: int) -> bool:
    """Whether a supervisor has to look first: records keep acts of theirs, or they work for the operator."""
    staff = any(m.organisation.kind == OPERATOR for m in accounts.person_by_id(account_id).memberships)
    return staff or bool(kept(account_id).keys() - {"log"})


def last_of(account_id: int) -> Erasure | None:
    """What a person asked last."""
    found = select(Erasure).where(Erasure.account_id == account_id).order_by(Erasure.id.desc()).limit(1)
    return db.session.scalars(found).one_or_none()


def get(erasure_id: int) -> Erasure | None:
    """The request of that number."""
    return db.session.get(Erasure, erasure_id)


def waiting() -> list[Erasure]:
    """The requests nobody has answered, the oldest first."""
    found = select(Erasure).where(Erasure.open_of.is_not(None)).order_by(Erasure.id).limit(PAGE)
    return list(db.session.scalars(found))


def names(rows: Collection[Erasure]) -> dict[int, str]:
    """The names of those who asked, by account."""
    return {user.id: user.name for user in accounts.people({row.account_id for row in rows}).values()}

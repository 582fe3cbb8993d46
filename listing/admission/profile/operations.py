"""Writing the profile of an institution, and counting who looked at it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.bilingual.pair import Pair
from listing.companies.rules import MARKET_ZONE, READINGS_KEPT
from listing.journal import operations as journal
from listing.money import Money
from listing.store.db import db
from listing.store.inserting import insert

from .. import worded
from . import rules
from .models import InvestorProfile, ProfileOpening


def save(
    *,
    organisation_id: int,
    version: int,
    sectors: Collection[str],
    stages: Collection[str],
    languages: Collection[str],
    currency: str,
    least: Money | None,
    most: Money | None,
    text: Pair,
    actor: Actor,
    now: datetime,
) -> InvestorProfile:
    """Keep what the institution says of itself, if nobody saved since ``version``; consents stay as they are.

    Raises SavedMeanwhile, NotAboveNothing, WrongWay, OneLanguage, HostileText, Unsound.
    """
    rules.check_size(least, most)
    kept = worded.sound("text", text)
    row = _held(organisation_id)
    if row.version != version:
        raise rules.SavedMeanwhile
    row.version += 1
    row.sectors, row.stages, row.languages = list(sectors), list(stages), list(languages)
    row.currency = currency if least or most else ""
    row.least_minor, row.most_minor = least and least.minor, most and most.minor
    row.text, row.saved_at, row.saved_by = kept, now, actor.user_id
    _put(row)
    data, subject = {"version": row.version}, ("organisation", organisation_id, organisation_id)
    journal.append(code="investor_profile.saved", data=data, actor=actor, subject=subject, now=now)
    return row


def _held(organisation_id: int) -> InvestorProfile:
    """The profile, held until the end of the transaction, or a new one."""
    found = select(InvestorProfile).where(InvestorProfile.organisation_id == organisation_id).with_for_update()
    row = db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    return row or InvestorProfile(organisation_id=organisation_id, version=0)


def _put(row: InvestorProfile) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # of two who begin it at once, one did
        raise rules.SavedMeanwhile from None


def count(*, connection: Connection, organisation_id: int, company_id: int, now: datetime) -> None:
    """Add one to the openings of the day, in one statement of the transaction of ``connection``."""
    day = now.astimezone(MARKET_ZONE).date()
    first = insert(ProfileOpening.__table__, connection.dialect.name)
    key = list(ProfileOpening.__table__.primary_key)
    more = first.on_conflict_do_update(index_elements=key, set_={"number": ProfileOpening.number + 1})
    connection.execute(more, {"organisation_id": organisation_id, "company_id": company_id, "day": day, "number": 1})


def sweep(*, now: datetime) -> int:
    """Delete the counts older than READINGS_KEPT and return how many there were; the caller commits."""
    oldest = (now - READINGS_KEPT).astimezone(MARKET_ZONE).date()
    old = delete(ProfileOpening).where(ProfileOpening.day < oldest)
    return db.session.execute(old.execution_options(synchronize_session=False)).rowcount

"""Following a company, and no longer.

The row belongs to the person; the log says that somebody did it, and only its private part says who.
"""

from datetime import datetime

from sqlalchemy import delete, func, select

from listing.access.actor import Actor
from listing.journal import operations as journal
from listing.store.db import db
from listing.store.inserting import insert

from .. import rules
from ..models import Company, Watch


def watch(*, company: Company, actor: Actor, now: datetime) -> bool:
    """Follow a company from now on; False when the person does already. Raises NotNow, TooManyWatched."""
    if company.status not in (rules.DISPLAYED, rules.SUSPENDED):
        raise rules.NotNow
    own = select(func.count()).select_from(Watch).where(Watch.account_id == actor.user_id)
    if db.session.scalar(own) >= rules.MOST_WATCHED:
        raise rules.TooManyWatched(most=rules.MOST_WATCHED)
    values = {"account_id": actor.user_id, "company_id": company.id, "since": now}
    add = insert(Watch).values(values)
    return _done("company.watched", add.on_conflict_do_nothing().returning(Watch.company_id), company, actor, now)


def unwatch(*, company: Company, actor: Actor, now: datetime) -> bool:
    """Follow a company no longer; False when the person did not."""
    own = Watch.account_id == actor.user_id, Watch.company_id == company.id
    return _done("company.unwatched", delete(Watch).where(*own).returning(Watch.company_id), company, actor, now)


def _done(code: str, statement, company: Company, actor: Actor, now: datetime) -> bool:
    if db.session.scalar(statement) is None:
        return False
    journal.append(code=code, actor=actor, subject=("company", company.id), now=now)
    return True


def announced(*, company: Company, now: datetime) -> None:
    """Note that a company announced something, which who follows it is told; the entry is that of the release."""
    company.announced_at = now
    db.session.flush()

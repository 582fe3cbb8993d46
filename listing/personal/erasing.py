"""Erasing what is held about a person: what is theirs alone goes, and their name where they signed nothing.

Rows that belong to a record stay, and lead to an account that names nobody any more. Nothing of the log is touched.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, update

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts.operations import erasing
from listing.journal import operations as journal
from listing.notifications import operations as outbox
from listing.roadshows import queries as roadshows
from listing.roadshows.operations import seating
from listing.roadshows.rules import CameBefore, NotNow
from listing.store.db import Model, db

# Tables of which a person's rows go as a whole, besides those of the account itself.
GONE = ("company_watch", "alert", "company_upload", "kept_typing", "roadshow_feed")
# Where a name was noted beside a draft or a claim; beside what was signed or decided it stays.
NAMED = {
    "admission_answers": ("saved_by", "saved_by_label"),
    "admission_claim": ("account_id", "label"),
    "profile_sheet": ("saved_by", "saved_by_label"),
    "review_claim": ("account_id", "label"),
}


def erase(*, account_id: int, actor: Actor, now: datetime) -> None:
    """Erase a person, sessions first. Raises membership.LastOwner where others would stay without an owner."""
    user = accounts.person_by_id(account_id)
    nameless = f"#{account_id}"
    by = replace(actor, label=nameless) if actor.user_id == account_id else actor
    erasing.leave_everything(user=user, actor=by, now=now)
    for row in roadshows.of_person(account_id):
        _leave(row, by, now)
    tables = Model.metadata.tables
    for name in GONE:
        db.session.execute(delete(tables[name]).where(tables[name].c.account_id == account_id))
    for name, (who, label) in NAMED.items():
        theirs = tables[name].c[who] == account_id
        db.session.execute(update(tables[name]).where(theirs).values({label: nameless}))
    erasing.take_name(user=user, nameless=nameless)
    outbox.forget(recipient_id=account_id)
    db.session.flush()
    journal.append(code="account.erased", actor=by, subject=("account", account_id), now=now)


def _leave(row, by: Actor, now: datetime) -> None:
    """Give a place that is still ahead to the next one; what was said about needs goes in any case."""
    with suppress(NotNow, CameBefore):
        seating.withdraw(row=row, actor=by, now=now)
    row.needs = ""

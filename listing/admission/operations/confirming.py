"""Confirming a rule that was written from memory: a named person says which source they saw, and when."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.journal import operations as journal
from listing.rates.queries import today
from listing.refusal import N_, Refusal
from listing.rulebook.book import Book
from listing.store.db import db

from .. import confirmed
from ..book_models import RuleConfirmation


class NothingToConfirm(Refusal):
    message = N_("This rule does not wait for anybody. Look at the list again.")


class SeenLater(Refusal):
    message = N_("The day on which the source was seen cannot be still to come.")


class NoSource(Refusal):
    message = N_("Say which source you saw: title, article, and where it is published.")


def confirm(*, book: Book, rule: str, source: str, seen_on: date, actor: Actor, now: datetime) -> RuleConfirmation:
    """Confirm one rule of a version. Raises NothingToConfirm (somebody was first, too), SeenLater, NoSource."""
    if rule not in confirmed.waiting(book):
        raise NothingToConfirm
    if seen_on > today(now):
        raise SeenLater
    line = " ".join(source.split())
    if len(line) < 4 or not line.isprintable():
        raise NoSource
    row = RuleConfirmation(
        book=book.id,
        version=book.version,
        digest=book.digest,
        rule=rule,
        source=line,
        seen_on=seen_on,
        account_id=actor.user_id,
        label=str(actor.label)[:120],
        confirmed_at=now,
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        raise NothingToConfirm from None
    data = {"book": book.id, "version": book.version, "digest": book.digest, "rule": rule}
    journal.append(
        code="rulebook.rule_confirmed",
        data=data | {"source": line, "seen_on": seen_on},
        actor=actor,
        subject=("rule_confirmation", row.id),
        now=now,
    )
    return row

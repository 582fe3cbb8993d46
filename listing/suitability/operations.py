"""The one place where the matrix bites, and the two acts by which an investor goes on all the same."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.store.db import db

from . import queries, rules
from .matrix import WARNING
from .models import Confirmation


def check(*, act: str, organisation_id: int, companies: Collection[int], now: datetime) -> None:
    """Let an admitted institution take these companies up by an act, or say why not.

    Acts that the matrix in force does not name are free. Raises Unsuitable, Unconfirmed.
    """
    if not companies or act not in queries.matrix(now).acts:
        return
    found = queries.suited(organisation_id, companies, now)
    if found.keys() < set(companies):
        raise rules.Unsuitable
    for one in found.values():
        rules.check(one.verdict, confirmed=one.confirmation is not None)


def read(
    *, organisation_id: int, company_id: int, language: str, actor: Actor, now: datetime, ticked: bool
) -> Confirmation:
    """Keep the first act: a person has read the warning. Done again, it stays as it was.

    Raises NothingToConfirm, NotRead.
    """
    verdict = _warned(organisation_id, company_id, now)
    if not ticked:
        raise rules.NotRead
    row = queries.begun(organisation_id, company_id, actor.user_id, verdict)
    if row is not None:
        return row
    who = {"organisation_id": organisation_id, "company_id": company_id, "account_id": actor.user_id}
    row = Confirmation(**who, label=actor.label, language=language, read_at=now, **verdict.basis)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # the same person in another window
        return queries.begun(organisation_id, company_id, actor.user_id, verdict)
    _log("read", row, verdict, actor, now)
    return row


def confirm(
    *, organisation_id: int, company_id: int, language: str, actor: Actor, now: datetime, ticked: bool
) -> Confirmation:
    """Keep the second act of the person who made the first; from then on the institution may take the company up.

    Done again, it stays as it was. Raises NothingToConfirm, NotRead, FirstThat.
    """
    verdict = _warned(organisation_id, company_id, now)
    if not ticked:
        raise rules.NotRead
    row = queries.begun(organisation_id, company_id, actor.user_id, verdict, hold=True)
    if row is None:
        raise rules.FirstThat
    if row.confirmed_at is None:
        row.confirmed_at, row.language = now, language
        _log("confirmed", row, verdict, actor, now)
    return row


def _warned(organisation_id: int, company_id: int, now: datetime) -> rules.Verdict:
    found = queries.suited(organisation_id, [company_id], now).get(company_id)
    if found is None or found.verdict.outcome != WARNING:
        raise rules.NothingToConfirm
    return found.verdict


def _log(event: str, row: Confirmation, verdict: rules.Verdict, actor: Actor | System, now: datetime) -> None:
    data = verdict.basis | {"company": row.company_id, "language": row.language, "digest": verdict.matrix.digest}
    data["answered_at"] = row.answered_at.isoformat()
    subject = ("suitability", row.id, row.organisation_id)
    journal.append(code=f"suitability.{event}", data=data, actor=actor, subject=subject, now=now)

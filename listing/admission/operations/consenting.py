"""Answering what an application asks consent for, and taking a consent back; each answer is one row of the ledger.

A needed consent that is taken back stops the review in the same transaction: whoever works on the application has no
access to its papers any more and can do nothing until the consent is given again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.admission import consents, queries, rules
from listing.admission.consent_models import Consent
from listing.admission.models import Application, Claim
from listing.journal import operations as journal
from listing.store.db import db

from . import showing
from .applying import hold

CLOSED = (rules.REFUSED, rules.WITHDRAWN)


def answer(
    *, application: Application, answers: Mapping[str, str], language: str, actor: Actor, now: datetime
) -> list[Consent]:
    """Note answers by purpose, ``yes`` or ``no``, as read in ``language``; what is answered so already adds nothing.

    Raises NothingAnswered, AnsweredMeanwhile, NotNow.
    """
    hold(application)
    if application.state in CLOSED:
        raise rules.NotNow
    asked = consents.asked(queries.residence(application))
    rows = _note(application.organisation_id, asked, answers, language, actor, now)
    if application.state in rules.EDITABLE:
        application.touched_at = now
    _stop(application, rows, actor, now)
    return rows


def let_see(
    *, organisation_id: int, answers: Mapping[str, str], language: str, actor: Actor, now: datetime
) -> list[Consent]:
    """Note which parts of its profile enterprises may see. Raises NothingAnswered, AnsweredMeanwhile."""
    return _note(organisation_id, consents.about_profile(), answers, language, actor, now)


def _note(
    organisation_id: int, purposes: Sequence[consents.Purpose], answers: Mapping[str, str], language: str, actor, now
) -> list[Consent]:
    """A row for each answer that says something else than the last one."""
    asked = {each.id: each for each in purposes}
    given = {key: value for key, value in answers.items() if key in asked and value in (consents.YES, consents.NO)}
    if not given:
        raise consents.NothingAnswered
    held, rows = consents.latest(queries.ledger([organisation_id])), []
    for key, value in given.items():
        purpose, before = asked[key], held.get(key)
        act = consents.act(purpose, before, value)
        if before is None or (before.act, before.version) != (act, purpose.text.version):
            rows.append(_add(organisation_id, purpose.text, act, before, language, actor, now))
    return rows


def withdraw(*, consent: Consent, language: str, actor: Actor, now: datetime) -> Consent:
    """Take back what a row gave; answered alike when it was taken back already. Raises AnsweredMeanwhile."""
    application = queries.open_of(consent.organisation_id)
    if application is not None:
        hold(application)
    ledger = queries.ledger([consent.organisation_id])
    held = consents.latest(ledger)[consent.purpose]
    if not consents.may_withdraw(held, ledger):
        return held
    text = consents.purposes()[consent.purpose].version(held.version)
    row = _add(consent.organisation_id, text, consents.WITHDRAWN, held, language, actor, now)
    if application is not None:
        _stop(application, [row], actor, now)
    return row


def _add(
    organisation_id: int, text: consents.Text, act: str, before, language: str, actor: Actor, now: datetime
) -> Consent:
    row = Consent(
        organisation_id=organisation_id,
        purpose=text.title.id,
        number=before.number + 1 if before else 1,
        act=act,
        version=text.version,
        language=language,
        digest=text.digest(language),
        at=now,
        account_id=actor.user_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # of two who answer at once, one did
        raise consents.AnsweredMeanwhile from None
    data = {"purpose": row.purpose, "version": text.version, "language": language, "digest": row.digest}
    subject = ("consent", row.id, organisation_id)
    journal.append(code=f"consent.{act}", data=data, actor=actor, subject=subject, now=now)
    return row


def _stop(application: Application, rows: list[Consent], actor: Actor, now: datetime) -> None:
    """End what rests on a consent just taken back: the claim on the case, and the access to its papers with it."""
    stops = consents.stopped(queries.residence(application), rows)
    submission = queries.last_submission(application) if stops else None
    if submission is None:
        return
    claim = db.session.get(Claim, submission.id)
    if claim is not None:
        db.session.delete(claim)
    showing.close(submission=submission, actor=actor, now=now)
    db.session.flush()

"""What the institution does: begin, save a page, send, reply, withdraw, appeal; and the end of drafts left alone."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from listing import calendars, turnaround
from listing.access.actor import SYSTEM, Actor, System
from listing.admission import completeness, consents, identity, letters, papers, queries, rules, worded
from listing.admission.models import Admission, Answers, Application, Identity, Question, Submission
from listing.evidence.operations import ending
from listing.journal import canonical
from listing.journal import operations as journal
from listing.store.db import db

from . import showing


def begin(*, organisation_id: int, actor: Actor | System, now: datetime) -> Application:
    """Begin an application, with the answers of the last one where there was one. Raises AlreadyOpen, TooSoon."""
    last = queries.last_of(organisation_id)
    _check_pause(last, now)
    _check_revoked(queries.last_admission(organisation_id), now)
    row = Application(
        organisation_id=organisation_id,
        open_of=organisation_id,
        state=rules.DRAFT,
        state_at=now,
        created_at=now,
        created_by=actor.user_id,
        touched_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # the institution has an open one
        raise rules.AlreadyOpen from None
    if last is not None:
        _carry_over(last, row, actor, now)
    log("application.begun", row, {"from": last.id if last else None}, actor, now)
    return row


def _check_pause(last: Application | None, now: datetime) -> None:
    decided = queries.decision(queries.last_submission(last)) if last and last.state == rules.REFUSED else None
    if decided and decided.reapply_on and now.astimezone(calendars.ZONES["HK"]).date() < decided.reapply_on:
        raise rules.TooSoon(day=decided.reapply_on)


def _check_revoked(held: Admission | None, now: datetime) -> None:
    """A revocation bars as long as a refusal does, counted from the day on which it was confirmed."""
    if held is None or held.state != rules.REVOKED:
        return
    zone = calendars.ZONES["HK"]
    day = held.state_at.astimezone(zone).date() + rules.REAPPLY_AFTER
    if now.astimezone(zone).date() < day:
        raise rules.TooSoon(day=day)


def _carry_over(last: Application, row: Application, actor: Actor | System, now: datetime) -> None:
    """Answers given before need not be given again; what was declared has to be declared anew."""
    for page, answers in queries.saved(last).items():
        if page not in completeness.DECLARED_ANEW:
            values = {"content": answers.content, "saved_at": now, "saved_by": actor.user_id}
            db.session.add(
                Answers(application_id=row.id, page=page, version=1, saved_by_label=str(actor.label), **values)
            )
    db.session.flush()


def save(
    *, application: Application, page: str, content: Mapping, version: int, actor: Actor | System, now: datetime
) -> int:
    """Save one page over its ``version`` (0 where it was never saved) and return the new version.

    Raises ChangedMeanwhile where somebody saved another one first, NotNow.
    """
    hold(application)
    if application.state not in rules.EDITABLE:
        raise rules.NotNow
    values = {"content": dict(content), "saved_at": now, "saved_by": actor.user_id, "saved_by_label": str(actor.label)}
    if not _written(application.id, page, version, values):
        raise rules.ChangedMeanwhile
    application.touched_at = now
    db.session.flush()
    data = {"page": page, "version": version + 1, "digest": digest(content)}
    log("application.saved", application, data, actor, now)
    return version + 1


def hold(application: Application) -> None:
    """Read the state anew and keep it until the transaction ends, so that nobody saves while somebody sends."""
    db.session.flush()
    db.session.refresh(application, attribute_names=["state", "sent"], with_for_update=True)


def _written(application_id: int, page: str, version: int, values: dict) -> bool:
    """Whether the row was still at ``version``: one statement looks and writes, so that of two savers one wins."""
    if version:
        at = (Answers.application_id == application_id, Answers.page == page, Answers.version == version)
        change = update(Answers).where(*at).values(**values, version=version + 1)
        return db.session.execute(change.execution_options(synchronize_session="fetch")).rowcount == 1
    try:
        with db.session.begin_nested():
            db.session.add(Answers(application_id=application_id, page=page, version=1, **values))
    except IntegrityError:
        return False
    return True


def send(
    *,
    application: Application,
    declared_true: bool,
    seen: str = "",
    actor: Actor | System,
    now: datetime,
) -> Submission:
    """Send the application as it stands, signed by ``actor``; ``seen`` is the digest of what was signed (``whole``).

    Questions without a reply count as answered by what was changed. Raises NotDeclared, ChangedSinceRead, NotReady,
    NotNow; of two who send at once, one succeeds.
    """
    if not declared_true:
        raise rules.NotDeclared
    hold(application)
    content = whole(application)
    contents = content["pages"]
    if seen and seen != digest(content):
        raise rules.ChangedSinceRead
    lacking = consents.lacking(queries.residence(application), queries.ledger([application.organisation_id]))
    if completeness.to_send(contents) or lacking:
        raise rules.NotReady
    step(application=application, event="submit", now=now)
    if before := queries.last_submission(application):
        showing.close(submission=before, actor=actor, now=now)  # its reviewer has no part in this one yet
    application.sent += 1
    row = Submission(
        application_id=application.id,
        organisation_id=application.organisation_id,
        number=application.sent,
        content=content,
        digest=digest(content),
        declaration=rules.DECLARATION,
        submitted_at=now,
        submitted_by=actor.user_id,
    )
    db.session.add(row)
    _mark(application, contents)
    db.session.flush()
    data = {"number": row.number, "digest": row.digest, "declaration": rules.DECLARATION}
    log("application.submitted", application, data, actor, now)
    limits = {"domicile": contents["institution"]["residence"], "limit": rules.REVIEW_DAYS}
    letters.received(row, turnaround.clock(sent_at=now, now=now, **limits), now)
    return row


def whole(application: Application) -> dict:
    """What is signed and sent: every page, the papers with their digests, and what was consented to."""
    ledger = consents.record(queries.ledger([application.organisation_id]))
    pages, evidence = queries.contents(application), papers.record(application)
    return canonical.plain({"pages": pages, "evidence": evidence, "consents": ledger})


def _mark(application: Application, contents: Mapping[str, Mapping]) -> None:
    """Note by which numbers and names the institution is known."""
    db.session.execute(delete(Identity).where(Identity.application_id == application.id))
    marks = sorted(identity.marks(contents))
    db.session.add_all(Identity(application_id=application.id, kind=kind, value=value) for kind, value in marks)


def reply(*, question: Question, reply: str, actor: Actor, now: datetime) -> Question:
    """Answer what a reviewer asked. Raises NoReason for an empty answer, NotNow."""
    application = queries.application(question.application_id)
    hold(application)
    if application.state != rules.MORE_INFORMATION:
        raise rules.NotNow
    if not reply.strip():
        raise rules.NoReason
    question.reply = reply.strip()[: rules.MOST_WORDS]
    question.replied_at, question.replied_by = now, actor.user_id
    db.session.flush()
    log("application.replied", application, {"question": question.id}, actor, now)
    return question


def withdraw(*, application: Application, actor: Actor | System, now: datetime) -> Application:
    """Withdraw an open application, also while it is reviewed. Raises NotNow."""
    step(application=application, event="withdraw", now=now)
    if last := queries.last_submission(application):
        showing.close(submission=last, actor=actor, now=now)
    log("application.withdrawn", application, {"number": application.sent}, actor, now)
    return application


def appeal(*, application: Application, words: str, actor: Actor, now: datetime) -> Application:
    """Ask the supervisor to look at a refusal again. Raises NoReason, TooLate, AlreadyOpen, NotNow."""
    if not words.strip():
        raise rules.NoReason
    last = queries.last_submission(application)
    decided = queries.decision(last)
    if decided and now > decided.decided_at + rules.APPEAL_WITHIN:
        raise rules.TooLate
    try:
        with db.session.begin_nested():
            step(application=application, event="appeal", now=now)
    except IntegrityError:
        raise rules.AlreadyOpen from None
    asked = {"page": "appeal", "code": "appeal", "words": worded.own(words.strip()[: rules.MOST_WORDS])}
    who = {"account_id": actor.user_id, "asked_at": now, "replied_at": now}
    db.session.add(Question(application_id=application.id, submission_id=last.id, **asked, **who))
    db.session.flush()
    log("application.appealed", application, {"number": application.sent}, actor, now)
    return application


def step(*, application: Application, event: str, now: datetime) -> None:
    """Move an application along rules.STEPS, if it is still where it was read; writes no entry of its own.

    Raises NotNow.
    """
    before = application.state
    to = rules.after(before, event)
    open_of = application.organisation_id if to in rules.OPEN else None
    since = (application.waiting_since if before in rules.WAITING else now) if to in rules.WAITING else None
    change = (
        update(Application)
        .where(Application.id == application.id, Application.state == before)
        .values(state=to, state_at=now, touched_at=now, open_of=open_of, waiting_since=since)
    )
    if db.session.execute(change.execution_options(synchronize_session="fetch")).rowcount != 1:
        raise rules.NotNow


def sweep(*, now: datetime) -> int:
    """Delete drafts that were never sent and not touched for 90 days, with their papers; return how many there were.

    A draft of which a legal hold keeps a paper stays. SQLite gives the number of a deleted draft to the next one, so no
    paper may outlive its draft.
    """
    old = (Application.state == rules.DRAFT, Application.sent == 0, Application.touched_at < now - rules.DRAFT_KEPT)
    gone = 0
    for draft in db.session.scalars(select(Application).where(*old)).all():
        files = papers.of(draft)
        if any(file.held_since for file in files):
            continue
        for file in files:
            ending.destroy(file=file, why="draft_gone", actor=SYSTEM, now=now)
        db.session.delete(draft)
        gone += 1
    db.session.flush()
    return gone


def digest(content: Mapping) -> str:
    """The SHA-256 of a content in canonical form."""
    return sha256(canonical.encoded(canonical.plain(dict(content)))).hexdigest()


def log(code: str, application: Application, data: dict, actor: Actor | System, now: datetime) -> None:
    """Add an entry about an application to the log."""
    subject = ("application", application.id, application.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)

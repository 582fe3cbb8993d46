"""Looking applications and admissions up. Changes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from listing.access.actor import Actor, Standing, Tier
from listing.accounts.rules import INVESTOR
from listing.journal import queries as journal
from listing.store.db import db

from . import consents, rules
from .consent_models import Consent
from .models import Admission, Answers, Application, Decision, Findings, Identity, Measure, Question, Submission

PAGE = 25


def application(application_id: int) -> Application | None:
    """The application of that number."""
    return db.session.get(Application, application_id)


def applications(ids: Collection[int]) -> list[Application]:
    """The applications of these numbers that are there."""
    return list(db.session.scalars(select(Application).where(Application.id.in_(ids)))) if ids else []


def page_of_each(ids: Collection[int], page: str) -> dict[int, Mapping]:
    """What was last saved on one page of each of these applications, by application."""
    found = select(Answers.application_id, Answers.content).where(Answers.page == page)
    return dict(db.session.execute(found.where(Answers.application_id.in_(ids))).all()) if ids else {}


def of_organisations(ids: Collection[int]) -> list[Application]:
    """The applications of these organisations, the last first."""
    found = select(Application).where(Application.organisation_id.in_(ids))
    return list(db.session.scalars(found.order_by(Application.id.desc())))


def last_of_each(ids: Collection[int]) -> dict[int, Application]:
    """The application that each of these organisations made last, by organisation."""
    rows: dict[int, Application] = {}
    for row in of_organisations(ids):
        rows.setdefault(row.organisation_id, row)
    return rows


def open_of(organisation_id: int) -> Application | None:
    """The open application of an institution."""
    return db.session.scalars(select(Application).where(Application.open_of == organisation_id)).one_or_none()


def last_of(organisation_id: int) -> Application | None:
    """The application that an institution made last."""
    found = select(Application).where(Application.organisation_id == organisation_id)
    return db.session.scalars(found.order_by(Application.id.desc()).limit(1)).one_or_none()


def saved(application: Application) -> dict[str, Answers]:
    """The pages of an application that were saved at least once, by id; one statement."""
    rows = db.session.scalars(select(Answers).where(Answers.application_id == application.id))
    return {row.page: row for row in rows}


def answers(application: Application, page: str) -> Answers | None:
    """One page, as it is in the database now."""
    return db.session.get(Answers, (application.id, page), populate_existing=True)


def contents(application: Application) -> dict[str, Mapping]:
    """The answers by page."""
    return {key: row.content for key, row in saved(application).items()}


def residence(application: Application) -> str:
    """Where the institution says that it lives; empty until it has said so."""
    row = answers(application, "institution")
    return row.content.get("residence", "") if row else ""


def ledger(organisations: Collection[int]) -> list[Consent]:
    """What these institutions answered to each purpose, in the order of the ledger."""
    found = select(Consent).where(Consent.organisation_id.in_(organisations))
    return list(db.session.scalars(found.order_by(Consent.id))) if organisations else []


def consent(consent_id: int) -> Consent | None:
    """The answer of that number."""
    return db.session.get(Consent, consent_id)


def answered_for(account_id: int) -> set[int]:
    """The institutions for which a person ever answered."""
    return set(db.session.scalars(select(Consent.organisation_id).where(Consent.account_id == account_id)))


def withholds(organisation_id: int, purpose: str) -> bool:
    """Whether an institution refused that purpose, or took its consent back."""
    last = consents.latest(ledger([organisation_id])).get(purpose)
    return last is not None and last.act != consents.GIVEN


def submission(submission_id: int) -> Submission | None:
    """The submission of that number."""
    return db.session.get(Submission, submission_id)


def last_submission(application: Application) -> Submission | None:
    """What was last sent of an application."""
    return db.session.scalars(
        select(Submission).where(Submission.application_id == application.id, Submission.number == application.sent)
    ).one_or_none()


def questions(application: Application) -> list[Question]:
    """What reviewers asked, in the order in which it was asked."""
    found = select(Question).where(Question.application_id == application.id)
    return list(db.session.scalars(found.order_by(Question.id)))


def decision(submission: Submission | None) -> Decision | None:
    """What was decided on a submission."""
    if submission is None:
        return None
    return db.session.scalars(select(Decision).where(Decision.submission_id == submission.id)).one_or_none()


def decision_by_id(decision_id: int) -> Decision | None:
    """The decision of that number."""
    return db.session.get(Decision, decision_id)


def live_admission(organisation_id: int) -> Admission | None:
    """The admission that an institution holds, suspended or over ones included."""
    return db.session.scalars(select(Admission).where(Admission.live_of == organisation_id)).one_or_none()


def open_among(ids: Collection[int], now: datetime) -> set[int]:
    """Which of these institutions are admitted at an instant."""
    found = db.session.scalars(select(Admission).where(Admission.live_of.in_(ids))) if ids else ()
    return {a.organisation_id for a in found if rules.opens(a.state, since=a.since, until=a.until, now=now)}


def last_admission(organisation_id: int) -> Admission | None:
    """The last admission of an institution, whatever became of it."""
    found = select(Admission).where(Admission.organisation_id == organisation_id)
    return db.session.scalars(found.order_by(Admission.id.desc()).limit(1)).one_or_none()


def last_admissions(organisations: Collection[int]) -> dict[int, Admission]:
    """The last admission of each of these institutions, by institution."""
    found = select(Admission).where(Admission.organisation_id.in_(organisations)).order_by(Admission.id)
    return {row.organisation_id: row for row in db.session.scalars(found)} if organisations else {}


def admission(admission_id: int) -> Admission | None:
    """The admission of that number."""
    return db.session.get(Admission, admission_id)


def ending(now: datetime) -> list[Admission]:
    """Admissions in force that are near their end or a few days past it; none that was suspended, revoked, replaced."""
    near = Admission.until.between(now - rules.REMINDED_AFTER, now + rules.EXPIRING_FOR)
    found = select(Admission).where(Admission.state == rules.ADMITTED, near)
    return list(db.session.scalars(found.order_by(Admission.until, Admission.id)))


def admission_of_decision(decision: Decision | None) -> Admission | None:
    """The admission that a decision led to."""
    if decision is None:
        return None
    return db.session.scalars(select(Admission).where(Admission.decision_id == decision.id)).one_or_none()


def by_code(code: str) -> Admission | None:
    """The admission whose certificate carries this code."""
    return db.session.scalars(select(Admission).where(Admission.code == code)).one_or_none()


def held(below: int | None) -> list[Admission]:
    """A page of the live admissions and one more, the last given first; ``below`` is the last id of the page before."""
    found = select(Admission).where(Admission.live_of.is_not(None)).order_by(Admission.id.desc()).limit(PAGE + 1)
    return list(db.session.scalars(found if below is None else found.where(Admission.id < below)))


def measures(admission: Admission) -> list[Measure]:
    """What was proposed about an admission, the last first."""
    found = select(Measure).where(Measure.admission_id == admission.id)
    return list(db.session.scalars(found.order_by(Measure.id.desc()).limit(100)))


def waiting_measures(ids: Collection[int]) -> set[int]:
    """Which of these admissions have a measure that waits for an answer."""
    return set(db.session.scalars(select(Measure.open_of).where(Measure.open_of.in_(ids))))


def taken(admission: Admission | None) -> Measure | None:
    """The measure that was taken last."""
    return next((row for row in measures(admission) if row.confirmed), None) if admission else None


def standing_of(admission: Admission, now: datetime) -> str:
    """How an admission stands at an instant."""
    return rules.standing(admission.state, since=admission.since, until=admission.until, now=now)


def known(person: Actor | None, now: datetime) -> Actor | None:
    """The person with the admissions of their institutions as of ``now``; for others nothing is looked up.

    The one place where an admission becomes what a person sees: at read time, so that its end needs no job.
    """
    ids = [m.organisation_id for m in person.memberships if m.kind == INVESTOR] if person else []
    if not ids:
        return person
    found = tuple(
        _standing(row, now) for row in db.session.scalars(select(Admission).where(Admission.live_of.in_(ids)))
    )
    opened = any(standing.open for standing in found)
    return replace(person, standings=found, tier=max(person.tier, Tier.ADMITTED) if opened else person.tier)


def _standing(row: Admission, now: datetime) -> Standing:
    times = {"since": row.since, "until": row.until, "now": now}
    opened = rules.opens(row.state, **times)
    state = rules.standing(row.state, **times)
    return Standing(row.organisation_id, state, row.until, frozenset(row.markets), opened)


def alike(application: Application) -> list[tuple[Application, list[Identity]]]:
    """Applications of other institutions that carry a number or a name of this one, with what they share."""
    mine = select(Identity.kind, Identity.value).where(Identity.application_id == application.id).subquery()
    shared = (
        select(Identity, Application)
        .join(mine, (Identity.kind == mine.c.kind) & (Identity.value == mine.c.value))
        .join(Application, Application.id == Identity.application_id)
        .where(Application.organisation_id != application.organisation_id)
        .order_by(Application.id, Identity.kind)
    )
    found: dict[int, tuple[Application, list[Identity]]] = {}
    for mark, other in db.session.execute(shared):
        found.setdefault(other.id, (other, []))[1].append(mark)
    return list(found.values())


def took_part(application: Application) -> set[int]:
    """Everybody who sent findings on an application."""
    found = select(Findings.account_id).join(Submission, Submission.id == Findings.submission_id)
    return set(db.session.scalars(found.where(Submission.application_id == application.id)))


def under_review_count() -> int:
    """How many applications wait for a decision."""
    return db.session.scalar(select(func.count()).where(Application.waiting_since.is_not(None)))


def history(application: Application) -> list:
    """What happened to an application, the last first, as the log has it."""
    return list(db.session.scalars(journal.about("application", application.id).limit(100)))

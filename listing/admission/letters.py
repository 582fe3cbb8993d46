"""What an institution is told of its application and its admission: everybody who writes or signs for it.

Only queues; templates/mail/<message>/ holds the words. No letter carries an answer or a document.
"""

from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.bilingual.language import LANGUAGES
from listing.notifications import operations as outbox
from listing.turnaround import Clock
from listing.web import formats

from . import queries, rules
from .models import Admission, Application, Decision, Measure, Submission

TOLD = frozenset({people.OWNER, people.EDITOR, people.APPROVER})


def received(submission: Submission, clock: Clock, now: datetime) -> None:
    """Tell that what was sent has arrived: its case number, what happens next, and by when."""
    told = {"reference": submission.reference, "at": now.isoformat()}
    told["due"] = {code: formats.day(clock.due, code) for code in LANGUAGES} if clock.due else {}
    key, page = f"admission_received:{submission.id}", f"/{submission.application_id}"
    _tell(submission.organisation_id, "admission_received", key, page, told, now)


def asked(application: Application, now: datetime) -> None:
    """Tell that more information is needed, or that an appeal was answered."""
    key = f"admission_asked:{application.id}:{application.sent}:{application.state}"
    _tell(application.organisation_id, "admission_asked", key, f"/{application.id}", {"at": now.isoformat()}, now)


def decided(application: Application, decision: Decision, now: datetime) -> None:
    """Tell of a decision."""
    told = {"verdict": decision.verdict, "at": now.isoformat()}
    _tell(
        application.organisation_id,
        "admission_decided",
        f"admission_decided:{decision.id}",
        f"/{application.id}",
        told,
        now,
    )


def measured(measure: Measure, now: datetime) -> None:
    """Tell that an admission was suspended, restored or revoked."""
    decision = queries.decision_by_id(queries.admission(measure.admission_id).decision_id)
    application = queries.submission(decision.submission_id).application_id
    key, told = f"admission_measured:{measure.id}", {"event": measure.event, "at": now.isoformat()}
    _tell(measure.organisation_id, "admission_measured", key, f"/{application}", told, now)


def ending(admission: Admission, days: int, now: datetime) -> None:
    """Tell that an admission ends in so many days, or has ended; not sent any more once the next reminder holds."""
    key, told = f"admission_ends:{admission.id}:{days}", {"days": days, "at": admission.until.isoformat()}
    until = rules.reminded_until(days, admission.until)
    _tell(admission.organisation_id, "admission_ends", key, "", told, now, until)


def _tell(
    organisation_id: int, message: str, key: str, page: str, data: dict, now: datetime, until: datetime | None = None
) -> None:
    for member in accounts.members(accounts.organisation(organisation_id)):
        if member.role in TOLD and member.user.active:
            to = letters.address(member.user)
            path = {"path": f"/{to.language}/desk/admission{page}"}
            outbox.queue(key=f"{key}:{member.user.id}", message=message, to=to, data=path | data, now=now, until=until)

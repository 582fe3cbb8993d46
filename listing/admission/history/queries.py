"""Everything that happened to an application, in the order in which it happened.

The log says what happened, when and by whom; the tables say in which words. Of findings everybody gets what the case
shows them: their own, and all once two reviewers have sent theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.evidence import queries as vault
from listing.journal import queries as journal
from listing.screening import queries as screening
from listing.store.db import db

from .. import names, papers, queries, vetting
from .. import rules as steps
from ..models import Admission, Application, Conflict, Decision, Question, Screening, Submission, Takeover
from . import rules


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; ``about``, ``result`` and ``reasons`` are names and codes, ``entry`` is of the log."""

    at: datetime
    code: str
    by: str = ""
    about: str = ""
    result: str = ""
    reasons: tuple[str, ...] = ()
    words: str = ""
    entry: int | None = None


def sought(submission_id: int, actor: Actor) -> rules.Sought | None:
    """Who worked on the case of that number, as ``actor`` stands to it."""
    submission = queries.submission(submission_id)
    if submission is None:
        return None
    claims = journal.about("application", submission.application_id, codes=("application.claimed",))
    people = frozenset(entry.actor_id for entry in db.session.scalars(claims))
    conflict = db.session.get(Conflict, (actor.user_id, submission.organisation_id))
    return rules.Sought(submission.organisation_id, people, conflict is not None)


def events(application: Application, actor: Actor) -> list[Event]:
    """All of it as ``actor`` may read it; what happened in one instant stays in the order of its cause."""
    sent = vetting.submissions(application)[::-1]
    decided = _decisions([row.id for row, _found in sent])
    told = (
        *_findings(sent, actor),
        *_steps(application, [row for row, _found in sent], decided),
        *_compared(application),
        *_kept(application),
        *_measures(list(decided)),
    )
    return sorted(told, key=lambda one: one.at)


def _decisions(sent: Sequence[int]) -> dict[int, Decision]:
    found = db.session.scalars(select(Decision).where(Decision.submission_id.in_(sent)).order_by(Decision.id))
    return {row.id: row for row in found}


def _lines(*texts: str | Pair) -> str:
    """One under the other, of a text in two languages the Chinese above the English."""
    told = [side for text in texts for side in ((text.zh, text.en) if isinstance(text, Pair) else (text,))]
    return "\n".join(text for text in told if text)


def _findings(sent: Sequence[tuple], actor: Actor) -> Iterator[Event]:
    for submission, found in sent:
        for row in vetting.shown(found, actor):
            said = {"about": submission.reference, "reasons": tuple(row.reasons), "result": row.verdict}
            words = _lines(row.conditions, row.words, row.note)
            yield Event(row.sent_at, f"findings.{row.stage}", row.label, **said, words=words)
            for rule, outcome in sorted(row.by_rule.items()):
                yield Event(row.sent_at, "findings.rule", row.label, about=rule, result=outcome)


def _steps(application: Application, sent: Sequence[Submission], decided: Mapping[int, Decision]) -> Iterator[Event]:
    """The entries of the log, the first one first, each with its words.

    A step appends one entry and writes one row, so the entries of a code stand in the order of the rows.
    """
    beside = _Beside(application, sent, decided)
    entries = db.session.scalars(journal.about("application", application.id)).all()
    for entry in reversed(entries):
        say = beside.of.get(entry.code)
        said = say(entry) if say else {}
        yield Event(entry.at, entry.code, entry.actor_label, entry=entry.index, **said)


class _Beside:
    """What the tables say beside the entries about one application, looked up once; ``of`` is by code."""

    def __init__(self, application: Application, sent: Sequence[Submission], decided: Mapping[int, Decision]):
        self._references = {row.id: row.reference for row in sent}
        self._numbers = {row.number: row.reference for row in sent}
        self._decided = decided
        every = queries.questions(application)
        self._questions = {row.id: row for row in every}
        self._asked = iter([row for row in every if row.code != "appeal"])
        self._appealed = iter([row for row in every if row.code == "appeal"])
        self._answered = iter([row for row in every if row.code == "appeal"])
        ids = list(self._references)
        looked = select(Screening).where(Screening.submission_id.in_(ids)).order_by(Screening.screened_at)
        self._screened = iter(db.session.scalars(looked).all())
        taken = db.session.scalars(select(Takeover).where(Takeover.submission_id.in_(ids)))
        self._taken = {(row.account_id, row.taken_at): row.note for row in taken}
        conflicts = select(Conflict).where(Conflict.organisation_id == application.organisation_id)
        self._conflicts = {row.account_id: row.reason for row in db.session.scalars(conflicts)}
        self.of = {
            "application.saved": lambda entry: {"about": entry.data["page"]},
            "application.submitted": self._submitted,
            "application.claimed": self._claimed,
            "application.screened": lambda _entry: {"words": next(self._screened).words},
            "application.asked": lambda _entry: _asked(next(self._asked)),
            "application.replied": self._replied,
            "application.recused": lambda entry: {"words": self._conflicts.get(entry.actor_id, "")},
            "application.appealed": lambda _entry: {"words": _lines(next(self._appealed).words)},
            **dict.fromkeys(("application.uphold", "application.reopen"), self._answer),
            **{f"application.{verdict}": self._verdict for verdict in steps.VERDICTS},
        }

    def _submitted(self, entry) -> dict:
        return {"about": self._numbers[entry.data["number"]], "words": f"SHA-256 {entry.data['digest']}"}

    def _claimed(self, entry) -> dict:
        note = self._taken.get((entry.actor_id, entry.at), "")
        return {"result": "taken_over" if entry.data["taken_over"] else "", "words": note}

    def _replied(self, entry) -> dict:
        question = self._questions[entry.data["question"]]
        return {"about": question.page, "words": question.reply}

    def _answer(self, _entry) -> dict:
        return {"words": _lines(next(self._answered).answer)}

    def _verdict(self, entry) -> dict:
        row = self._decided[entry.data["decision"]]
        said = {"about": self._references[row.submission_id], "result": row.verdict, "reasons": tuple(row.reasons)}
        return said | {"words": _lines(row.conditions, row.words)}


def _asked(question: Question) -> dict:
    return {"about": question.page, "reasons": (question.code,), "words": _lines(question.words)}


def _compared(application: Application) -> Iterator[Event]:
    for check in screening.checks(names.case(application.id)):
        lists = ", ".join(" ".join(each) for each in check.lists)
        yield Event(check.at, "screening.run", about=lists, result=str(len(check.hits)))
        for hit in check.hits:
            pair = f"{hit.name} = {hit.listed_as}"
            where = f"{hit.listed.list.code} {hit.listed.list.version} {hit.listed.reference}"
            yield Event(check.at, "screening.hit", about=pair, result=str(hit.likeness), words=where)
            if hit.resolved_at:
                said = {"result": hit.outcome, "words": hit.reason}
                yield Event(hit.resolved_at, "screening.resolved", hit.resolved_by, about=pair, **said)


def _kept(application: Application) -> Iterator[Event]:
    files = vault.ever_of_case(papers.case_of(application), organisation_id=application.organisation_id)
    called = {file.id: f"{file.document_type} {file.uid[:8]}" for file in files}
    senders = accounts.people({file.kept_by for file in files if file.kept_by})
    for file in files:
        sender = senders.get(file.kept_by)
        yield Event(file.kept_at, "evidence.kept", sender.name if sender else "", about=called[file.id])
        if file.destroyed_at:
            yield Event(file.destroyed_at, "evidence.destroyed", about=called[file.id], result=file.destroyed_why)
    for line in vault.accesses_to(list(called)):
        yield Event(line.at, f"evidence.{line.act}", line.label, about=called[line.evidence_id])


def _measures(decisions: Sequence[int]) -> Iterator[Event]:
    """What two supervisors proposed and took about the admissions that the application led to."""
    led = select(Admission).where(Admission.decision_id.in_(decisions)).order_by(Admission.id)
    for admission in db.session.scalars(led).all():
        said = {row.id: row for row in queries.measures(admission)}
        entries = db.session.scalars(journal.about("admission", admission.id)).all()
        for entry in reversed(entries):
            row = said.get(entry.data.get("measure"))
            more = {"reasons": (row.reason,), "words": _lines(row.words)} if row else {}
            yield Event(entry.at, entry.code, entry.actor_label, about=admission.code, **more, entry=entry.index)

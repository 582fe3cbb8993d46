"""What another version of a book would make of the cases that were decided under it: who would gain, who would lose.

Reads decisions and changes nothing. Each institution counts with its last decision, on the facts, papers, rates and day
that it rests on; so what differs comes from the book alone. A decision without the record of a trace is counted apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, func, select

from listing.rulebook import plain
from listing.rulebook.book import Book
from listing.rulebook.engine import decide
from listing.rulebook.logic import MET
from listing.store.db import db

from . import rules
from .models import Admission, Decision

BATCH = 500
# Met now and not before; before and not now; another outcome short of met, both times; the same outcome.
GAIN, LOSE, OTHERWISE, STAY = SIDES = ("gain", "lose", "otherwise", "stay")


def side(before: str, after: str) -> str:
    """On which side of a change an institution stands, by what the rules alone say of it."""
    if before == after:
        return STAY
    if MET in (before, after):
        return GAIN if after == MET else LOSE
    return OTHERWISE


@dataclass(frozen=True, slots=True)
class Tried:
    """One institution decided anew: what came of it before and after, the rules that turned, whether it is admitted."""

    organisation_id: int
    decision_id: int
    admitted: bool
    before: str
    after: str
    rules: tuple[str, ...]

    @property
    def side(self) -> str:
        """GAIN, LOSE, OTHERWISE or STAY."""
        return side(self.before, self.after)

    def as_data(self) -> dict[str, object]:
        """The line for JSON."""
        kept = {key: getattr(self, key) for key in ("organisation_id", "decision_id", "admitted", "before", "after")}
        return kept | {"rules": list(self.rules)}


@dataclass(slots=True)
class Report:
    """How many cases there were, and who would gain, lose or come out otherwise; the rest stays as it is."""

    book: Book
    cases: int = 0
    unrecorded: int = 0
    turned: list[Tried] = field(default_factory=list)

    def on(self, side: str) -> list[Tried]:
        """The institutions on one side of the change."""
        return [one for one in self.turned if one.side == side]

    def as_data(self) -> dict[str, object]:
        """The report for JSON."""
        return {
            "book": self.book.id,
            "version": self.book.version,
            "digest": self.book.digest,
            "cases": self.cases,
            "unrecorded": self.unrecorded,
            "unchanged": self.cases - len(self.turned),
        } | {side: [one.as_data() for one in self.on(side)] for side in (GAIN, LOSE, OTHERWISE)}


def simulate(book: Book, now: datetime) -> Report:
    """What ``book`` would make of every institution that was decided under a version of the same id."""
    report = Report(book)
    for row in last_decisions():
        if not is_recorded(row):
            report.unrecorded += 1
        elif tried := try_on(book, row, now):
            report.cases += 1
            report.turned += [tried] if tried.side != STAY else []
    return report


def last_decisions(*, after: int = 0, until: int | None = None, most: int | None = None) -> Iterator[Row]:
    """The last decision of each institution with its admission, a batch of rows at a time; one statement.

    ``until`` leaves out what was decided later, ``after`` what was looked at already.
    """
    last = select(func.max(Decision.id)).group_by(Decision.organisation_id)
    found = (
        select(Decision.id, Decision.organisation_id, Decision.basis, Admission.state, Admission.since, Admission.until)
        .outerjoin(Admission, Admission.decision_id == Decision.id)
        .where(Decision.id.in_(last if until is None else last.where(Decision.id <= until)), Decision.id > after)
        .order_by(Decision.id)
        .limit(most)
        .execution_options(yield_per=BATCH)
    )
    return iter(db.session.execute(found))


def is_recorded(row: Row) -> bool:
    """Whether a decision holds what it rests on."""
    return bool(row.basis.get("decisions"))


def try_on(book: Book, row: Row, now: datetime) -> Tried | None:
    """A decision made anew by ``book``; None for one that no version of the book had a part in."""
    recorded = next((one for one in row.basis["decisions"] if one["book"] == book.id), None)
    if recorded is None:
        return None
    found = decide(book, plain.read(recorded["case"]))
    admitted = bool(row.state) and rules.opens(row.state, since=row.since, until=row.until, now=now)
    turned = _turned(recorded["trace"], {line.rule: line.outcome for line in found.trace})
    return Tried(row.organisation_id, row.id, admitted, recorded["outcome"], found.outcome, turned)


def _turned(trace: list[Mapping], now: Mapping[str, str]) -> tuple[str, ...]:
    """The rules that come out otherwise, those that are new among them, then those that are gone."""
    was = {line["rule"]: line["outcome"] for line in trace}
    gone = (rule for rule in was if rule not in now)
    return (*(rule for rule, outcome in now.items() if was.get(rule) != outcome), *gone)

"""What another version of a book would make of the cases that were decided under it: who would gain, who would lose.

Reads decisions and changes nothing. Each institution counts with its last decision, on the facts, papers, rates and day
that it rests on; so what differs comes from the book alone. A decision without the record of a trace is counted apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from listing.rulebook import plain
from listing.rulebook.book import Book
from listing.rulebook.engine import decide
from listing.rulebook.logic import MET
from listing.store.db import db

from . import rules
from .models import Admission, Decision

BATCH = 500


@dataclass(frozen=True, slots=True)
class Turned:
    """An institution that another version would decide otherwise: the rules that turned, and whether it is admitted."""

    organisation_id: int
    decision_id: int
    admitted: bool
    before: str
    after: str
    rules: tuple[str, ...]

    def as_data(self) -> dict[str, object]:
        """The line for JSON."""
        kept = {key: getattr(self, key) for key in ("organisation_id", "decision_id", "admitted", "before", "after")}
        return kept | {"rules": list(self.rules)}


@dataclass(slots=True)
class Report:
    """How many cases there were, and who would gain or lose; the rest stays as it is."""

    book: Book
    cases: int = 0
    unrecorded: int = 0
    gain: list[Turned] = field(default_factory=list)
    lose: list[Turned] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """The report for JSON."""
        return {
            "book": self.book.id,
            "version": self.book.version,
            "digest": self.book.digest,
            "cases": self.cases,
            "unrecorded": self.unrecorded,
            "unchanged": self.cases - len(self.gain) - len(self.lose),
            "gain": [turned.as_data() for turned in self.gain],
            "lose": [turned.as_data() for turned in self.lose],
        }


def simulate(book: Book, now: datetime) -> Report:
    """What ``book`` would make of every institution that was decided under a version of the same id."""
    report = Report(book)
    for decision_id, organisation_id, basis, state, since, until in _last():
        recorded = _recorded(basis, book.id)
        if recorded is None:
            report.unrecorded += not basis.get("decisions")
            continue
        report.cases += 1
        admitted = bool(state) and rules.opens(state, since=since, until=until, now=now)
        turned = _turned(book, recorded, organisation_id, decision_id, admitted)
        if turned:
            (report.gain if turned.after == MET else report.lose).append(turned)
    return report


def _last() -> Iterator:
    """The last decision of each institution with its admission, a batch of rows at a time; one statement."""
    last = select(func.max(Decision.id)).group_by(Decision.organisation_id)
    found = (
        select(Decision.id, Decision.organisation_id, Decision.basis, Admission.state, Admission.since, Admission.until)
        .outerjoin(Admission, Admission.decision_id == Decision.id)
        .where(Decision.id.in_(last))
        .order_by(Decision.id)
        .execution_options(yield_per=BATCH)
    )
    return iter(db.session.execute(found))


def _recorded(basis: Mapping, key: str) -> Mapping | None:
    return next((one for one in basis.get("decisions", ()) if one["book"] == key), None)


def _turned(book: Book, recorded: Mapping, organisation_id: int, decision_id: int, admitted: bool) -> Turned | None:
    """The line of a case that comes out otherwise than met, or met where it was not; None for all others."""
    found = decide(book, plain.read(recorded["case"]))
    if (recorded["outcome"] == MET) == (found.outcome == MET):
        return None
    was = {line["rule"]: line["outcome"] for line in recorded["trace"]}
    turned = tuple(line.rule for line in found.trace if was.get(line.rule) != line.outcome)
    return Turned(organisation_id, decision_id, admitted, recorded["outcome"], found.outcome, turned)

"""A file of imported facts taken into the directory, or tried without taking it.

Decides which rows are new, changed, unchanged or not to be touched. Trying and taking go the same way; only the last
step differs. Makes one journal entry for a file, and none where nothing changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, text, update

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.store import fulltext
from listing.store.db import db

from .. import rules
from ..models import Company, Revision
from ..reading.findings import REFUSED, Finding
from ..reading.prepared import Entry, Prepared, Progress
from . import bulk
from .publishing import documents

ALL_OR_NOTHING, SKIP_BAD_ROWS = "all-or-nothing", "skip-bad-rows"
MODES = (ALL_OR_NOTHING, SKIP_BAD_ROWS)


@dataclass(frozen=True, slots=True)
class Report:
    """What a file did, or would do: counts of rows, all findings by line, and whether anything was taken."""

    file: Prepared
    mode: str
    dry_run: bool
    created: int
    changed: int
    unchanged: int
    withdrawn: int
    refused: int
    findings: tuple[Finding, ...]

    @property
    def acceptable(self) -> bool:
        """Whether the mode lets the file be taken."""
        return not self.refused or self.mode == SKIP_BAD_ROWS

    @property
    def applied(self) -> bool:
        """Whether the sound rows were taken."""
        return self.acceptable and not self.dry_run

    def counts(self) -> dict[str, int]:
        """Rows by what became of them."""
        names = ("created", "changed", "unchanged", "withdrawn", "refused")
        return {"rows": self.file.rows} | {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class _Known:
    """A company that stands in the directory already."""

    id: int
    origin: str
    status: str
    number: int
    digest: str


@dataclass(slots=True)
class _Plan:
    """What is to be done with the sound rows."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, _Known]] = field(default_factory=list)
    unchanged: int = 0
    withdrawn: int = 0
    findings: list[Finding] = field(default_factory=list)


def import_companies(
    *,
    file: Prepared,
    mode: str,
    dry_run: bool,
    actor: Actor | System,
    now: datetime,
    progress: Progress | None = None,
) -> Report:
    """Take the sound rows of a file as imported facts, displayed, without any offer; commit is the caller's.

    In the mode all-or-nothing one refused row leaves everything as it was. ``progress`` is told the rows done so far.
    """
    if not dry_run:
        _alone()
    plan = _planned(file.entries)
    findings = tuple(sorted((*file.findings, *plan.findings), key=lambda finding: finding.line))
    report = Report(
        file=file,
        mode=mode,
        dry_run=dry_run,
        created=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        withdrawn=plan.withdrawn,
        refused=len({finding.line for finding in findings if finding.gravity == REFUSED}),
        findings=findings,
    )
    if report.applied and (plan.new or plan.changed):
        _take(plan, now, progress or (lambda _done: None))
        data = {"sha256": file.digest, "format": file.format, "mode": mode, **report.counts()}
        journal.append(code="company.imported", data=data, actor=actor, now=now)
    return report


def _alone() -> None:
    """Keep a second import out until this one ends; SQLite has one writer anyway."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE company IN SHARE ROW EXCLUSIVE MODE"))


def _planned(entries: Sequence[Entry]) -> _Plan:
    plan = _Plan()
    for batch in bulk.batches(entries):
        known = _known(batch)
        for entry in batch:
            _sort(plan, entry, known.get((entry.market, entry.code)))
    return plan


def _sort(plan: _Plan, entry: Entry, known: _Known | None) -> None:
    if known is None:
        plan.new.append(entry)
    elif known.origin != rules.IMPORTED:
        plan.findings.append(Finding(entry.line, "participant"))
    elif known.status == rules.WITHDRAWN:
        plan.withdrawn += 1
        plan.findings.append(Finding(entry.line, "withdrawn"))
    elif known.digest == entry.digest:
        plan.unchanged += 1
    else:
        plan.changed.append((entry, known))


def _known(batch: Sequence[Entry]) -> Mapping[tuple[str, str], _Known]:
    codes: dict[str, list[str]] = {}
    for entry in batch:
        codes.setdefault(entry.market, []).append(entry.code)
    columns = (Company.id, Company.origin, Company.status, Revision.number, Revision.digest)
    found = {}
    for market, wanted in codes.items():
        statement = (
            select(Company.code, *columns)
            .outerjoin(Revision, Revision.id == Company.revision_id)
            .where(Company.market == market, Company.code.in_(wanted))
        )
        for code, *values in db.session.execute(statement):
            found[market, code] = _Known(*values)
    return found


def _take(plan: _Plan, now: datetime, progress: Progress) -> None:
    bulk.add(plan.new, origin=rules.IMPORTED, now=now, progress=progress)
    done = len(plan.new)
    for changes in bulk.batches(plan.changed):
        _change(changes, now)
        done += len(changes)
        progress(done)


def _change(changes: Sequence[tuple[Entry, _Known]], now: datetime) -> None:
    db.session.execute(update(Company), [{"id": known.id, **entry.facts.columns()} for entry, known in changes])
    bulk.publish([(known.id, entry, (known.number or 0) + 1) for entry, known in changes], now)
    for entry, known in changes:
        if known.status == rules.DISPLAYED:
            fulltext.put(db.session, *documents(known.id, entry.facts, entry.market, entry.code))

"""What a book made of a case: the outcome, the branch that carried it, until when, and one line for each rule.

Values and their plain form only. A decision holds its case, so that it can be made again from the journal and compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from listing.money import Money

from . import plain
from .case import Case, Fact, Part

Value = Money | Decimal | tuple[str, ...] | bool | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A paper as a rule saw it: how old it was, until when it may be used, and why it was refused, if it was.

    ``carries`` is the last day that an admission may rest on it.
    """

    id: str
    kind: str
    dated: date | None
    age_days: int | None
    until: date | None
    carries: date | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """A rate that an amount was converted by."""

    id: str
    base: str
    quote: str
    value: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: what was asked, what was stated, what of it counted in the threshold's currency, and what came of it.

    ``reason`` says why an outcome is not simply met or not met: no_fact, no_rate, no_evidence, no_figure, judged; for
    exclusions excluded, unscreened, closer_look.
    """

    rule: str
    branch: str
    metric: str
    period: str
    op: str
    threshold: Value
    stated: Fact | None
    counted: Value
    rates: tuple[Used, ...]
    evidence: tuple[Seen, ...]
    outcome: str
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one version of a book made of a case."""

    book: str
    version: str
    digest: str
    case: Case
    outcome: str
    branch: str | None
    grade: str | None
    valid_until: date | None
    retest: str
    branches: tuple[tuple[str, str], ...]
    layers: tuple[tuple[str, str], ...]
    trace: tuple[Line, ...]

    def of_branch(self, key: str) -> tuple[Line, ...]:
        """The lines of one branch."""
        return tuple(line for line in self.trace if line.branch == key)

    def line(self, rule: str) -> Line:
        """The line of one rule. Raises KeyError."""
        for line in self.trace:
            if line.rule == rule:
                return line
        raise KeyError(rule)


def record(decision: Decision) -> dict:
    """The plain form of a decision with its case, for the journal."""
    return {
        "book": decision.book,
        "version": decision.version,
        "digest": decision.digest,
        "outcome": decision.outcome,
        "branch": decision.branch,
        "grade": decision.grade,
        "valid_until": _day(decision.valid_until),
        "retest": decision.retest,
        "branches": [list(each) for each in decision.branches],
        "layers": [list(each) for each in decision.layers],
        "trace": [_line(line) for line in decision.trace],
        "case": plain.record(decision.case),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _line(line: Line) -> dict:
    return {
        "rule": line.rule,
        "branch": line.branch,
        "metric": line.metric,
        "period": line.period,
        "op": line.op,
        "threshold": _value(line.threshold),
        "stated": _stated(line.stated),
        "counted": _value(line.counted),
        "rates": [
            {"id": u.id, "base": u.base, "quote": u.quote, "value": f"{u.value:f}", "day": u.day.isoformat()}
            for u in line.rates
        ],
        "evidence": [_seen(seen) for seen in line.evidence],
        "outcome": line.outcome,
        "reason": line.reason,
        "until": _day(line.until),
    }


def _seen(seen: Seen) -> dict:
    days = {"dated": _day(seen.dated), "age_days": seen.age_days, "until": _day(seen.until)}
    days["carries"] = _day(seen.carries)
    return {"id": seen.id, "kind": seen.kind, "refused": seen.refused} | days


def _value(value: Value) -> object:
    if isinstance(value, Money):
        return plain.money_record(value)
    if isinstance(value, Decimal):
        return {"number": f"{value:f}"}
    return list(value) if isinstance(value, tuple) else value


def _stated(fact: Fact | None) -> object:
    if isinstance(fact, tuple) and fact and isinstance(fact[0], Part):
        return [plain.part_record(part) for part in fact]
    return _value(fact)


def read(record: Mapping) -> Decision:
    """The decision of a plain form that ``record`` made."""
    return Decision(
        book=record["book"],
        version=record["version"],
        digest=record["digest"],
        case=plain.read(record["case"]),
        outcome=record["outcome"],
        branch=record["branch"],
        grade=record["grade"],
        valid_until=_read_day(record["valid_until"]),
        retest=record["retest"],
        branches=tuple(tuple(each) for each in record["branches"]),
        layers=tuple(tuple(each) for each in record["layers"]),
        trace=tuple(_read_line(each) for each in record["trace"]),
    )


def _read_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _read_line(row: Mapping) -> Line:
    kept = {key: row[key] for key in ("rule", "branch", "metric", "period", "op", "outcome", "reason")}
    return Line(
        **kept,
        threshold=_read_value(row["threshold"]),
        stated=_read_stated(row["stated"]),
        counted=_read_value(row["counted"]),
        rates=tuple(
            Used(u["id"], u["base"], u["quote"], Decimal(u["value"]), _read_day(u["day"])) for u in row["rates"]
        ),
        evidence=tuple(_read_seen(each) for each in row["evidence"]),
        until=_read_day(row["until"]),
    )


def _read_seen(row: Mapping) -> Seen:
    days = {key: _read_day(row[key]) for key in ("dated", "until", "carries")}
    return Seen(id=row["id"], kind=row["kind"], age_days=row["age_days"], refused=row["refused"], **days)


def _read_value(value: object) -> Value:
    if isinstance(value, Mapping):
        return Decimal(value["number"]) if "number" in value else plain.read_money(value, "value")
    return tuple(value) if isinstance(value, list) else value


def _read_stated(value: object) -> Fact | None:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return tuple(plain.read_part(each, "stated") for each in value)
    return _read_value(value)

"""What a rule book makes of a case: pure, complete and repeatable.

Every rule of every branch for the kind of party is looked at, whatever the others came to, so that the trace says all.
What is stated is converted into the currency of the threshold, exactly, and cut down to its smallest unit before it is
compared: what the trace shows is what was compared, and no fraction of a cent admits anybody. A threshold is never
converted. Whether the book is in force, and which book it is, is decided by who calls.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from listing.money import CURRENCIES, Money, TooLarge

from .book import Book, Branch, Exclusion, Group, Paper, PartRule, Rule
from .case import Case, Evidence, Fact, Facts, Part, StatedRate, share
from .decision import Decision, Line, Seen, Used, Value
from .logic import MET, MISSING, NOT_MET, REVIEWER, all_of, any_of, at_least
from .vocabulary import FLAG, MONEY, NUMBER, OWN, kind

EXCLUSION = "exclusion"  # the branch that the lines of exclusions stand under


def evaluate(
    book: Book,
    facts: Facts,
    evidence: Iterable[Evidence] | None,
    rates: Iterable[StatedRate],
    on: date,
    thresholds: Mapping[str, Money] | None = None,
) -> Decision:
    """What ``book`` makes of the facts on the relevant day; see ``Case`` for evidence None and for thresholds."""
    papers = None if evidence is None else tuple(evidence)
    return decide(book, Case(facts, on, papers, tuple(rates), dict(thresholds or {})))


def decide(book: Book, case: Case) -> Decision:
    """What ``book`` makes of a case."""
    trace = [_exclusion(book, each, case) for each in book.exclusions]
    excluded = all_of([line.outcome for line in trace])
    results: dict[str, tuple[Branch, str, date]] = {}
    for branch in book.branches:
        if case.facts.party in branch.parties:
            outcome, until = _group(branch.test, branch, book, case, trace)
            results[branch.id] = branch, outcome, until
    ways = [each for each in results.values() if not each[0].layer]
    carrier = next((each for wanted in (MET, REVIEWER) for each in ways if each[1] == wanted), None)
    outcome = all_of([excluded, any_of([each[1] for each in ways])])
    open_or_met = carrier is not None and outcome in (MET, REVIEWER)
    return Decision(
        book=book.id,
        version=book.version,
        digest=book.digest,
        case=case,
        outcome=outcome,
        branch=carrier[0].id if open_or_met else None,
        grade=carrier[0].grade if open_or_met else None,
        valid_until=_valid_until(book, case.on, carrier[2]) if open_or_met else None,
        retest=book.retest,
        branches=tuple((key, each[1]) for key, each in results.items() if not each[0].layer),
        layers=tuple((key, each[1]) for key, each in results.items() if each[0].layer),
        trace=tuple(trace),
    )


def replayed(decision: Decision, book: Book) -> Decision:
    """The same case decided again by a book; equal to ``decision`` where nothing was changed since."""
    return decide(book, decision.case)


def _valid_until(book: Book, on: date, until: date) -> date:
    return min(until, book.validity.end(on) if book.validity else date.max)


def _exclusion(book: Book, exclusion: Exclusion, case: Case) -> Line:
    """Nobody passes for not having been looked at: what nobody answered is for a person to answer."""
    answer = case.facts.exclusions.get(exclusion.id)
    outcome, reason = {None: (REVIEWER, "unscreened"), False: (MET, ""), True: (NOT_MET, "excluded")}[answer]
    if answer and exclusion.effect == "review":
        outcome, reason = REVIEWER, "closer_look"
    return Line(
        f"{book.id}.{EXCLUSION}.{exclusion.id}", EXCLUSION, exclusion.id, "point", "", None, answer, None, (), (),
        outcome, reason,
    )  # fmt: skip


def _group(group: Group, branch: Branch, book: Book, case: Case, trace: list[Line]) -> tuple[str, date]:
    """The outcome of a group, its lines put onto the trace, and until when the papers that carry it may be used."""
    outcomes, untils = [], []
    for member in group.of:
        if isinstance(member, Rule):
            line = _line(member, branch, book, case)
            trace.append(line)
            outcome, until = line.outcome, line.until or date.max
        else:
            outcome, until = _group(member, branch, book, case, trace)
        outcomes.append(outcome)
        if outcome in (MET, REVIEWER):
            untils.append(until)
    untils.sort(reverse=True)
    carried = untils[group.k - 1] if len(untils) >= group.k else date.max
    return at_least(group.k, outcomes), carried


class Reached(NamedTuple):
    """Whether a statement reaches its threshold, papers apart: what counted of it, and the rates it took."""

    outcome: str
    reason: str = ""
    counted: Money | None = None
    rates: tuple[Used, ...] = ()


def _line(rule: Rule, branch: Branch, book: Book, case: Case) -> Line:
    """One rule: what was stated against what is asked, then the papers that prove it."""
    fact = case.facts.stated.get((rule.metric, rule.period))
    threshold = case.thresholds.get(rule.id) if rule.unset else rule.codes or rule.least
    reached = _reached(fact, rule, threshold, case)
    seen = () if fact is None else _papers(rule, book, case)
    outcome, reason, until = _proved(reached, rule, seen, case)
    return Line(
        rule=rule.id,
        branch=branch.id,
        metric=rule.metric,
        period=rule.period,
        op=rule.op,
        threshold=threshold,
        stated=fact,
        counted=reached.counted,
        rates=reached.rates,
        evidence=seen,
        outcome=outcome,
        reason=reason,
        until=until,
    )


def _reached(fact: Fact | None, rule: Rule, threshold: Value, case: Case) -> Reached:
    if fact is None:
        return Reached(MISSING, "no_fact")
    if rule.unset and threshold is None:
        return Reached(REVIEWER, "no_figure")
    asked = kind(rule.metric)
    if asked == MONEY:
        return _reached_by_money(fact, rule, threshold, case)
    if asked == NUMBER:
        return _outcome(_reaches(fact, rule.op, threshold))
    return _outcome(fact if asked == FLAG else bool(set(fact) & set(rule.codes)))


def _reached_by_money(parts: tuple[Part, ...], rule: Rule, threshold: Money, case: Case) -> Reached:
    counted, used = _counted(parts, rule.parts, threshold.currency, case)
    if counted is None:
        return Reached(MISSING, "no_rate", None, used)
    return _outcome(_reaches(counted, rule.op, threshold))._replace(counted=counted, rates=used)


def _outcome(reached: bool) -> Reached:
    return Reached(MET if reached else NOT_MET)


def _reaches(value: Money | Decimal, op: str, threshold: Money | Decimal) -> bool:
    return value > threshold if op == ">" else value >= threshold


def _counted(
    parts: tuple[Part, ...], rules: tuple[PartRule, ...], currency: str, case: Case
) -> tuple[Money | None, tuple[Used, ...]]:
    """What counts of the stated parts, None where a rate is missing; and the rates used.

    A kind of part that the rule does not name does not count, save what is in the investor's own name.
    """
    known = {OWN: PartRule(OWN)} | {rule.kind: rule for rule in rules}
    whole, used = Fraction(0), {}
    for part in parts:
        rule = known.get(part.kind)
        if rule is None:
            continue
        amount = part.amount.minor * (share(part) if rule.shared else Fraction(1))
        if part.amount.currency != currency:
            rate = _rate(part.amount.currency, currency, case)
            if rate is None:
                return None, tuple(used.values())
            used[rate.id] = Used(rate.id, rate.base, rate.quote, rate.value, rate.day)
            amount *= _factor(rate, part.amount.currency, currency)
        whole += amount if rule.cap is None else min(amount, Fraction(rule.cap.minor))
    return _cut(whole, currency), tuple(used.values())


def _cut(whole: Fraction, currency: str) -> Money:
    """Down to the smallest unit; what passes the largest amount the database holds stands as that amount."""
    try:
        return Money(floor(whole), currency)
    except TooLarge:
        return Money((2**63 - 1) * (1 if whole > 0 else -1), currency)


def _rate(base: str, quote: str, case: Case) -> StatedRate | None:
    """The latest rate that joins two currencies and is not of a later day; of one day the last id."""
    joining = [r for r in case.rates if {r.base, r.quote} == {base, quote} and r.day <= case.on]
    return max(joining, key=lambda rate: (rate.day, rate.id), default=None)


def _factor(rate: StatedRate, source: str, target: str) -> Fraction:
    """How many smallest units of ``target`` one of ``source`` is, exactly."""
    value = Fraction(rate.value) if rate.base == source else 1 / Fraction(rate.value)
    return value * Fraction(10) ** (CURRENCIES[target] - CURRENCIES[source])


def _proved(reached: Reached, rule: Rule, seen: tuple[Seen, ...], case: Case) -> tuple[str, str, date | None]:
    """Outcome, reason, and until when the best paper may be used: what is met needs one, unless it is only stated."""
    if reached.outcome != MET:
        return reached.outcome, reached.reason, None
    until = None
    if case.evidence is not None and not rule.stated:
        ends = [each.carries or date.max for each in seen if not each.refused]
        if not ends:
            return MISSING, "no_evidence", None
        until = None if max(ends) == date.max else max(ends)
    return (REVIEWER, "judged", until) if rule.judged else (MET, "", until)


def _papers(rule: Rule, book: Book, case: Case) -> tuple[Seen, ...]:
    allowed = {paper.kind: paper for paper in book.papers_for(rule, case.facts.party)}
    return tuple(_seen(each, allowed[each.kind], book, case.on) for each in case.evidence or () if each.kind in allowed)


def _seen(paper: Evidence, allowed: Paper, book: Book, on: date) -> Seen:
    """A paper may be used until its age is reached, that day included, and as long as it says of itself.

    An admission may rest on it for as long, or for the validity of the book from its day where that is longer: an asset
    certificate has to be fresh when it is looked at, not for all the year.
    """
    if paper.dated is None:
        return Seen(paper.id, paper.kind, None, None, None, None, "undated")
    own = [paper.expires] if paper.expires else []
    aged = [allowed.max_age.end(paper.dated)] if allowed.max_age else []
    longest = [max(*aged, book.validity.end(paper.dated))] if aged else []
    until, carries = min(own + aged, default=None), min(own + longest, default=None)
    refused = _refused(paper, until, on)
    return Seen(paper.id, paper.kind, paper.dated, (on - paper.dated).days, until, carries, refused)


def _refused(paper: Evidence, until: date | None, on: date) -> str:
    if paper.dated > on:
        return "future"
    if paper.expires and paper.expires < on:
        return "expired"
    return "too_old" if until and until < on else ""

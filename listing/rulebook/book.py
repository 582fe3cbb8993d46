"""A rule book as it was read: immutable values, and the questions one asks of a book.

How a book is written is decided in ``grammar``; what it makes of a case in ``engine``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from listing.money import Money

from .spans import Span
from .vocabulary import MEMORY, Label


@dataclass(frozen=True, slots=True)
class PartRule:
    """How one kind of part counts: in full up to ``cap``, by share among the holders, or not at all."""

    kind: str
    shared: bool = False
    cap: Money | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: a metric over a period against a threshold in the threshold's own currency.

    ``least`` is None for flags, for codes, and where the operator has set no figure yet (``unset``). ``stated`` rules
    need no paper; what ``judged`` ones claim is for a reviewer to decide.
    """

    id: str
    metric: str
    period: str
    op: str
    least: Money | Decimal | None
    codes: tuple[str, ...]
    parts: tuple[PartRule, ...]
    unset: bool
    stated: bool
    judged: bool
    clause: str
    source: str
    status: str
    note: Label | None

    @property
    def unverified(self) -> bool:
        """Whether nobody has seen the source of this rule yet."""
        return self.status == MEMORY


@dataclass(frozen=True, slots=True)
class Group:
    """At least ``k`` of its members; ``logic`` is how the file says it."""

    logic: str
    k: int
    of: tuple["Rule | Group", ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to qualify, or, as a ``layer``, a further class of those who qualify."""

    id: str
    label: Label
    parties: tuple[str, ...]
    grade: str
    layer: bool
    test: Group


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of evidence: how old it may be, whose it may be, which metrics it proves."""

    kind: str
    max_age: Span | None
    parties: tuple[str, ...]
    proves: tuple[str, ...]
    clause: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is left out (``refuse``), or looked at more closely (``review``)."""

    id: str
    effect: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a route: what has to be done, at which authority."""

    id: str
    label: Label
    authority: Label
    clause: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What the investor signs: its points in order."""

    id: str
    points: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What a book says of itself."""

    id: str
    version: str
    kind: str  # test or route
    jurisdiction: str
    name: Label
    authority: Label
    instrument: Label
    effective_from: date
    effective_status: str
    effective_to: date | None
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class Book:
    """One published version of a book; ``digest`` is SHA-256 of its content, comments and layout apart."""

    head: Head
    digest: str
    validity: Span | None
    reconfirm: Span | None
    retest: str
    branches: tuple[Branch, ...]
    papers: tuple[Paper, ...]
    exclusions: tuple[Exclusion, ...]
    statement: Statement | None
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """The id that all versions share."""
        return self.head.id

    @property
    def version(self) -> str:
        """The version, unique within the id."""
        return self.head.version

    def in_force(self, on: date) -> bool:
        """Whether the book holds on a day."""
        head = self.head
        return head.effective_from <= on and (head.effective_to is None or on <= head.effective_to)

    def rules(self) -> Iterator[Rule]:
        """Every rule of every branch, in the order of the file."""
        for branch in self.branches:
            yield from rules_of(branch.test)

    def rule(self, key: str) -> Rule | None:
        """The rule of that id."""
        return next((rule for rule in self.rules() if rule.id == key), None)

    def unverified(self) -> tuple[str, ...]:
        """The ids of what nobody has seen the source of: the day it took effect, rules, papers and steps, in order."""
        day = ["effective_from"] if self.head.effective_status == MEMORY else []
        rules = [rule.id for rule in self.rules() if rule.unverified]
        papers = [f"paper.{paper.kind}" for paper in self.papers if paper.status == MEMORY]
        steps = [f"step.{step.id}" for step in self.steps if step.status == MEMORY]
        return (*day, *rules, *papers, *steps)

    def papers_for(self, rule: Rule, party: str) -> tuple[Paper, ...]:
        """The kinds of evidence that may prove a rule for a kind of party; none where it is only stated."""
        return proving(self.papers, rule, party)


def rules_of(group: Group) -> Iterator[Rule]:
    """Every rule of a group, in order."""
    for member in group.of:
        if isinstance(member, Rule):
            yield member
        else:
            yield from rules_of(member)


def proving(papers: tuple[Paper, ...], rule: Rule, party: str) -> tuple[Paper, ...]:
    """The kinds of evidence among ``papers`` that may prove a rule for a kind of party; none where it is stated."""
    return () if rule.stated else tuple(p for p in papers if rule.metric in p.proves and party in p.parties)

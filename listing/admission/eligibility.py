"""What the rules say of an application, rule by rule, as somebody reads it in one language.

Only puts into words; what the rules make of it is in ``judging``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from listing.bilingual import citing
from listing.bilingual.pair import Side
from listing.rulebook import words
from listing.rulebook.decision import Decision, Line, Seen
from listing.web import formats

from . import books
from .judging import Judged


@dataclass(frozen=True, slots=True)
class Said:
    """One rule: what it asks, what came of it and why, and where it stands."""

    rule: str
    asks: str
    outcome: str
    why: tuple[str, ...]
    cited: tuple[Side, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One book and its way or ways to qualify."""

    book: object
    name: str
    outcome: str
    lines: tuple[Said, ...]


def sections(judged: Judged, reader: str) -> list[Section]:
    """Every book asked, with its rules in order; further classes apart."""
    manner = words.Manner(reader, formats.money, formats.day)
    asked = {line.rule for line in judged.lines}
    return [_section(one, asked, manner) for one in judged.decisions]


def seen(reader: str) -> Callable[[Seen], str]:
    """A function that says what the rules saw of a paper."""
    manner = words.Manner(reader, formats.money, formats.day)
    return lambda one: words.paper(one, manner)


def _section(decision: Decision, asked: set[str], manner: words.Manner) -> Section:
    book = books.library().version(decision.book, decision.version)
    lines = tuple(_said(line, book, manner) for line in decision.trace if line.rule in asked)
    return Section(book, book.head.name.said(manner.language), decision.outcome, lines)


def _said(line: Line, book, manner: words.Manner) -> Said:
    rule = book.rule(line.rule)
    asks = words.asked(rule, manner) if rule else words.spared(line.metric, manner)
    why = tuple(words.told(line, manner))
    if rule is None:
        return Said(line.rule, asks, line.outcome, why, (), False)
    return Said(line.rule, asks, line.outcome, why, citing.cited(rule.clause, manner.language), rule.unverified)

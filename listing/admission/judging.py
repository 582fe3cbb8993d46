"""What the rule books in force make of an application: proposed by the rules, decided by people.

Looks up rates and the books that may be selected, and decides which decisions count: of each group of books one is
passed. The engine and its trace are in ``listing.rulebook``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from listing.rates.queries import today
from listing.refusal import Refusal
from listing.rulebook import decision as plain
from listing.rulebook.book import Book
from listing.rulebook.decision import Decision, Line
from listing.rulebook.engine import evaluate
from listing.rulebook.logic import MET, MISSING, NOT_MET, REVIEWER

from . import books, confirmed, facts, names, rules
from .exchange import rates_for

NO_WAY = (books.NoBook, books.NotConfirmed, books.NotOpen)
BEST = (MET, REVIEWER, MISSING, NOT_MET)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules propose. ``own`` are the decisions of the investor's own place, of which the best counts;
    ``others`` those that single markets ask for besides; ``markets`` are the markets that an admission would open, and
    ``closed`` those asked for that it would not; ``why`` says that a place has no book."""

    on: date
    own: tuple[Decision, ...]
    others: Mapping[str, tuple[Decision, ...]]
    markets: list[str]
    why: Refusal | None = None
    closed: tuple[str, ...] = ()

    @property
    def best(self) -> Decision | None:
        """The decision of the own place that counts."""
        return min(self.own, key=lambda one: BEST.index(one.outcome), default=None)

    @property
    def outcome(self) -> str:
        """What the rules alone would say; without a book they admit nobody."""
        return self.best.outcome if self.best else NOT_MET

    @property
    def decisions(self) -> list[Decision]:
        """Every decision, each book once, in order."""
        found = {one.book: one for one in (*self.own, *(one for group in self.others.values() for one in group))}
        return list(found.values())

    @property
    def lines(self) -> list[Line]:
        """The rules that a reviewer says something of: those of every way to qualify, and of the exclusions."""
        layers = {key for one in self.decisions for key, _outcome in one.layers}
        return [line for one in self.decisions for line in one.trace if line.branch not in layers]

    @property
    def rules(self) -> set[str]:
        """The ids of those rules."""
        return {line.rule for line in self.lines}

    @property
    def book(self) -> str:
        return self.best.book if self.best else ""

    @property
    def version(self) -> str:
        return self.best.version if self.best else ""

    @property
    def grade(self) -> str:
        return (self.best.grade if self.best else None) or "professional"

    @property
    def valid_until(self) -> date | None:
        """The last day that the book and the papers allow."""
        return self.best.valid_until if self.best else None

    @property
    def basis(self) -> dict:
        """Everything the proposal rests on, in plain form: books with digest, facts, rates, papers and traces."""
        return {
            "on": self.on.isoformat(),
            "markets": self.markets,
            "decisions": [plain.record(one) for one in self.decisions],
        }

    def is_against(self, verdict: str) -> bool:
        """Whether a verdict admits somebody whom the rules refuse: one more person has to say so."""
        return verdict != rules.REFUSE and self.outcome == NOT_MET


def judge(submission, now: datetime) -> Judged:
    """What the books in force today make of what was sent."""
    content = submission.content
    cleared = names.cleared(submission.application_id)
    return judged(content["pages"], content["evidence"], cleared=cleared, on=today(now))


def judged(contents: Mapping[str, Mapping], evidence: Sequence | None, *, cleared: bool, on: date) -> Judged:
    """What the books in force on a day make of these answers and papers."""
    institution = contents.get("institution", {})
    residence, wanted = institution.get("residence", ""), institution.get("markets", [])
    library, thresholds = confirmed.library(), current_app.config["RULE_THRESHOLDS"]
    stated, papers = facts.facts(contents, cleared=cleared), facts.papers(evidence)

    def decided(asked: Sequence[Book]) -> tuple[Decision, ...]:
        rates = rates_for(stated, asked, on)
        return tuple(evaluate(book, stated, papers, rates, on, thresholds) for book in asked)

    try:
        own = decided(library.of_residence(residence, on))
    except NO_WAY as refusal:
        return Judged(on, (), {}, [], refusal)
    asked = {market: _asked(library, market, on) for market in wanted}
    others = {market: decided(found) for market, found in asked.items() if found is not None}
    opened = [market for market in others if not others[market] or _passable(others[market], own)]
    closed = tuple(market for market in wanted if market not in opened)
    return Judged(on, own, {key: group for key, group in others.items() if group}, opened, closed=closed)


def _asked(library: books.Library, market: str, on: date) -> tuple[Book, ...] | None:
    """The books that a market asks for; None where none of them may be selected, so that it stays closed."""
    try:
        return library.of_venue(books.SHOWCASE, market, on)
    except NO_WAY:
        return None


def _passable(group: Sequence[Decision], own: Sequence[Decision]) -> bool:
    """Whether one book of a market is passed or left to the reviewers.

    What is missing for a book opens nothing, except where the verdict itself is about that book.
    """
    judged = {one.book for one in own}
    return any(one.outcome in (MET, REVIEWER) or one.outcome == MISSING and one.book in judged for one in group)

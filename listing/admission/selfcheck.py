"""The self-check of four questions: likely, for a reviewer to see, or not now, and by which rule. It blocks nobody.

Pure beside the books. Papers are not asked for, and what an applicant can always do (opt in, ask in writing) counts as
done; what is not asked stays open, and what is open is for a reviewer.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from listing.money import Money
from listing.rulebook.book import Book
from listing.rulebook.case import Fact, Facts, Part
from listing.rulebook.decision import Decision, Line
from listing.rulebook.engine import EXCLUSION
from listing.rulebook.logic import MET, NOT_MET
from listing.rulebook.vocabulary import MONEY, kind, words

LIKELY, REVIEWER, NOT_NOW = "likely", "reviewer", "not_now"
LICENSED = "licensed"  # a kind of investor of its own here: a corporation that holds a licence
KINDS = ("individual", "corporation", LICENSED, "partnership", "trust", "fund", "public_body")
CAN_BE_DONE = (
    "aware_of_loss",
    "asked_in_writing",
    "income_expected",
    "no_splitting",
    "not_a_bank",
    "not_capital_preserving",
    "not_made_for_purpose",
    "opted_in",
    "warned_in_writing",
)


def metrics(books: Iterable[Book]) -> list[str]:
    """The metrics in money that books ask for, in the order of the vocabulary."""
    asked = {rule.metric for book in books for rule in book.rules() if kind(rule.metric) == MONEY}
    return [metric for metric in words("metrics") if metric in asked]


def stated(*, investor: str, metric: str, amount: Money | None, years: Decimal | None) -> Facts:
    """The facts that four answers come to."""
    told: dict[tuple[str, str], Fact] = {(flag, "point"): True for flag in CAN_BE_DONE}
    told["licence", "point"] = ("licensed_institution", "bank") if investor == LICENSED else ()
    if investor == "public_body":
        told["licence", "point"] = ("government",)
    for period in words("periods"):
        if amount is not None:
            told[metric, period] = (Part(amount),)
        if years is not None:
            told["years_investing", period] = years
    return Facts("corporation" if investor == LICENSED else investor, told, dict.fromkeys(words("exclusions"), False))


def said(decisions: Iterable[Decision]) -> str:
    """The answer of several books of which one suffices."""
    outcomes = {decision.outcome for decision in decisions}
    if MET in outcomes:
        return LIKELY
    return NOT_NOW if outcomes <= {NOT_MET} else REVIEWER


def telling(decision: Decision) -> list[Line]:
    """The lines that the answers speak to; exclusions, further classes and what counts as done are passed over."""
    passed_over = {EXCLUSION, *(key for key, _outcome in decision.layers)}
    return [
        line
        for line in decision.trace
        if line.branch not in passed_over and line.metric not in CAN_BE_DONE and line.stated not in ((), None)
    ]


def opened(books: Iterable[Book], on: date) -> list[Book]:
    """The tests in force on a day."""
    return [book for book in books if book.head.kind == "test" and book.in_force(on)]

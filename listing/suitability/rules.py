"""Which level an investor and a company have, what the matrix says of the two, and when a confirmation counts for it.

Pure. The levels, cells and words are those of a version of the matrix (``matrix``); what is known of a company is
read in ``listing.companies.weighed``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from listing import calendars
from listing.bilingual.pair import Pair
from listing.refusal import N_, Refusal
from listing.rulebook.vocabulary import Label

from .matrix import BLOCKED, HIGHER, NONE, RISK_LEVELS, WARNING, Matrix, Regime

ZONE = calendars.ZONES["HK"]  # whose days a questionnaire is counted in
FIRST, SECOND = STEPS = ("first", "second")


@dataclass(frozen=True, slots=True)
class Investor:
    """An institution as its admission and its last questionnaire have it; ``level`` is empty where it answered none."""

    organisation_id: int
    book: str
    investor_class: str
    level: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What a questionnaire is worth at an instant: its level, or none once it is over. ``until`` is when it ends."""

    level: str
    answered: str
    answered_at: datetime
    until: datetime

    @property
    def over(self) -> bool:
        """Whether there was a level, which holds no more."""
        return bool(self.answered) and not self.level


@dataclass(frozen=True, slots=True)
class Risk:
    """The level of a company, and what made it so, in order."""

    level: str
    reasons: tuple[tuple[Label, int], ...]
    note: Pair | None = None  # why a person set it higher


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the matrix says of one investor and one company."""

    outcome: str
    matrix: Matrix
    regime: Regime
    tolerance: Tolerance
    risk: Risk

    @property
    def basis(self) -> dict[str, object]:
        """What a confirmation is given for: of anything else it says nothing."""
        return {
            "matrix": self.matrix.version,
            "statement": self.matrix.statement[0],
            "regime": self.regime.id,
            "investor_level": self.tolerance.level or NONE,
            "risk_level": self.risk.level,
            "answered_at": self.tolerance.answered_at,
        }

    @property
    def changes(self) -> list[str]:
        """What would change a verdict that is not the mildest, as codes of CHANGES."""
        if not self.tolerance.level:
            return ["answer"]
        return ["anew", "company"]


# What would change it, as the page says it.
CHANGES = {
    "answer": N_("Answer the risk questionnaire anew: there is none in force for your institution."),
    "anew": N_("Answer the risk questionnaire anew, if what your institution can bear has changed."),
    "company": N_("The level of the company changes when it publishes other figures or another way of raising money."),
}


def tolerance(matrix: Matrix, *, level: str, answered_at: datetime, now: datetime) -> Tolerance:
    """The level that holds at an instant: it ends with the last day of the length that the matrix gives it."""
    last = matrix.validity.end(answered_at.astimezone(ZONE).date())
    until = datetime.combine(last + timedelta(days=1), time(), ZONE)
    return Tolerance(level if now < until else "", level, answered_at, until)


def risk(matrix: Matrix, facts: Mapping[str, object], by_hand: tuple[str, Pair] | None = None) -> Risk:
    """The level of a company by what is known of it, or the higher one that a person set with a reason."""
    grading = matrix.grading
    level, why = grading.starts[facts["instrument"]]
    steps = [step for step in grading.steps if step.holds(facts)]
    number = RISK_LEVELS.index(level) + sum(step.by for step in steps)
    least, most = RISK_LEVELS.index(grading.least), len(RISK_LEVELS) - 1
    found = RISK_LEVELS[max(least, min(most, number))]
    reasons = ((why, 0), *((step.label, step.by) for step in steps))
    if by_hand and grading.by_hand == HIGHER and by_hand[0] > found:
        return Risk(by_hand[0], reasons, by_hand[1])
    return Risk(found, reasons)


@dataclass(frozen=True, slots=True)
class Held:
    """What an institution reads of itself: what its questionnaire is worth, and the regime it falls under."""

    tolerance: Tolerance
    regime: Regime


def held(matrix: Matrix, investor: Investor, now: datetime) -> Held:
    """How an institution stands before any company is named."""
    regime = matrix.regime(investor.book, investor.investor_class)
    return Held(tolerance(matrix, level=investor.level, answered_at=investor.answered_at, now=now), regime)


def match(matrix: Matrix, own: Held, found: Risk) -> Verdict:
    """What the matrix says of an investor and a company of this level."""
    outcome = own.regime.cells[own.tolerance.level or NONE][RISK_LEVELS.index(found.level)]
    return Verdict(outcome, matrix, own.regime, own.tolerance, found)


def check(verdict: Verdict, *, confirmed: bool) -> None:
    """Let an investor take a company up, or say why not. Raises Unsuitable, Unconfirmed."""
    if verdict.outcome == BLOCKED:
        raise Unsuitable
    if verdict.outcome == WARNING and not confirmed:
        raise Unconfirmed


# Refusals.


class Unanswered(Refusal):
    message = N_("Choose an answer.")


class NotDeclared(Refusal):
    message = N_("Tick the declaration to sign it.")


class TooOften(Refusal):
    message = N_(
        "Your institution answered the questionnaire anew %(most)s times within a year."
        " It can do so again from %(day)s."
    )


class NotHigher(Refusal):
    message = N_("A person can only set the level higher than it is worked out, which is %(level)s at present.")


class ReasonInBoth(Refusal):
    message = N_("Give the reason in Chinese and in English: investors read it.")


class MeanwhileSet(Refusal):
    message = N_("Somebody else set the level of this company meanwhile. Look at it first.")


class MeanwhileAnswered(Refusal):
    message = N_("Somebody else answered the questionnaire for your institution meanwhile. Look at its level first.")


class NotAdmitted(Refusal):
    message = N_("The questionnaire is answered anew while the admission of your institution is in force.")


class Unsuitable(Refusal):
    message = N_(
        "This company is not suitable for your institution. Its page of suitability says why and what would change it."
    )


class Unconfirmed(Refusal):
    message = N_(
        "The risk of this company is above the level of your institution. Read the warning and confirm it twice first."
    )


class NothingToConfirm(Refusal):
    message = N_("There is nothing to confirm for this company at present.")


class NotRead(Refusal):
    message = N_("Tick the statement.")


class FirstThat(Refusal):
    message = N_("First confirm that you have read the warning; it may have changed since.")

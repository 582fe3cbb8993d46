"""The life of an application and of an admission, who takes which part, and the sentences of refusal.

Pure. Whether the facts meet a rule book is decided by that book; what a field may hold, where it is read; here it is
said which step follows which, and what an admission is worth at an instant.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from listing.access.actor import Actor
from listing.accounts import rules as accounts
from listing.refusal import N_, Refusal

DRAFT, SUBMITTED, SCREENING, FIRST_REVIEW, SECOND_REVIEW = (
    "draft",
    "submitted",
    "screening",
    "first_review",
    "second_review",
)
SUPERVISION, MORE_INFORMATION, APPEALED = "supervision", "more_information", "appealed"
ADMITTED, CONDITIONAL, REFUSED, WITHDRAWN = "admitted", "conditional", "refused", "withdrawn"
WORKED_ON = (SCREENING, FIRST_REVIEW, SECOND_REVIEW, SUPERVISION)
OPEN = (DRAFT, SUBMITTED, *WORKED_ON, MORE_INFORMATION, APPEALED)
STATES = (*OPEN, ADMITTED, CONDITIONAL, REFUSED, WITHDRAWN)
EDITABLE = (DRAFT, MORE_INFORMATION)
UNDER_REVIEW = (SUBMITTED, *WORKED_ON)
WAITING = (*UNDER_REVIEW, APPEALED)

EXPIRING, EXPIRED, SUSPENDED, REVOKED, REPLACED = "expiring", "expired", "suspended", "revoked", "replaced"
HELD = (ADMITTED, SUSPENDED, REVOKED, REPLACED)  # what is kept of an admission; the others are read off the clock
LIVE = (ADMITTED, SUSPENDED)

INVESTOR, REVIEWER, SECOND_REVIEWER, SUPERVISOR, TWO, CLOCK = (
    "investor",
    "reviewer",
    "second reviewer",
    "supervisor",
    "two supervisors",
    "clock",
)

# (from, event): (to, who). Signer, first and second reviewer, and the supervisor of a disagreement are four people.
STEPS = {
    (DRAFT, "submit"): (SUBMITTED, INVESTOR),
    (MORE_INFORMATION, "submit"): (SUBMITTED, INVESTOR),
    (SUBMITTED, "claim"): (SCREENING, REVIEWER),
    (SCREENING, "screened"): (FIRST_REVIEW, REVIEWER),
    (FIRST_REVIEW, "found"): (SECOND_REVIEW, REVIEWER),
    (SECOND_REVIEW, "admit"): (ADMITTED, SECOND_REVIEWER),
    (SECOND_REVIEW, "admit_conditionally"): (CONDITIONAL, SECOND_REVIEWER),
    (SECOND_REVIEW, "refuse"): (REFUSED, SECOND_REVIEWER),
    (SECOND_REVIEW, "differ"): (SUPERVISION, SECOND_REVIEWER),
    (SUPERVISION, "admit"): (ADMITTED, SUPERVISOR),
    (SUPERVISION, "admit_conditionally"): (CONDITIONAL, SUPERVISOR),
    (SUPERVISION, "refuse"): (REFUSED, SUPERVISOR),
    **{(state, "ask"): (MORE_INFORMATION, REVIEWER) for state in WORKED_ON},
    **{(state, "withdraw"): (WITHDRAWN, INVESTOR) for state in OPEN},
    (REFUSED, "appeal"): (APPEALED, INVESTOR),
    (APPEALED, "uphold"): (REFUSED, SUPERVISOR),
    (APPEALED, "reopen"): (MORE_INFORMATION, SUPERVISOR),
    # An admission from here on. Time moves it without anybody; see ``standing``.
    (ADMITTED, "nears its end"): (EXPIRING, CLOCK),
    (EXPIRING, "ends"): (EXPIRED, CLOCK),
    (ADMITTED, "suspend"): (SUSPENDED, TWO),
    (SUSPENDED, "restore"): (ADMITTED, TWO),
    (ADMITTED, "revoke"): (REVOKED, TWO),
    (SUSPENDED, "revoke"): (REVOKED, TWO),
    (ADMITTED, "renew"): (REPLACED, SECOND_REVIEWER),
    (SUSPENDED, "renew"): (REPLACED, SUPERVISOR),
}
MEASURES = ("suspend", "restore", "revoke")

FIRST, SECOND, THIRD = STAGES = ("first", "second", "third")  # the third is the supervisor, where the two differ
ADMIT, WITH_CONDITIONS, REFUSE = VERDICTS = ("admit", "admit_conditionally", "refuse")
LOCK = timedelta(minutes=30)
PROLONGED_EVERY = timedelta(minutes=5)  # by who goes on working; a claim holds 25 minutes at least after each step
DRAFT_KEPT = timedelta(days=90)
REVIEW_DAYS = 5  # working days
REAPPLY_AFTER = timedelta(days=30)
APPEAL_WITHIN = timedelta(days=30)
EXPIRING_FOR = timedelta(days=60)
REMIND_BEFORE = (60, 30, 7, 0)  # days before the end
REMINDED_AFTER = timedelta(days=7)  # who starts later than this after an end tells nobody of it
DECLARATION = 1  # version of the words that are signed
MOST_WORDS, MOST_NOTE = 2_000, 500


# Why an application is refused, or an admission suspended or revoked: what the applicant is told, beside free words.
REASONS = {
    "threshold": N_("The amounts shown do not reach the threshold."),
    "evidence_old": N_("The evidence is older than the rule allows."),
    "evidence_missing": N_("What was stated is not shown by a document."),
    "identity": N_("The identity could not be established."),
    "authority": N_("The authority of the person who signed could not be established."),
    "owners": N_("The beneficial owners could not be established."),
    "funds": N_("The source of the funds could not be established."),
    "licence": N_("The licence stated is not in force."),
    "experience": N_("The experience the rule asks for was not shown."),
    "contradiction": N_("Answers and documents contradict each other."),
    "place": N_("The law of the place does not allow it."),
    "changed": N_("The circumstances on which the admission rested have changed."),
    "conduct": N_("The rules of the platform were broken."),
    "request": N_("The institution asked for it."),
    "other": N_("Another reason, explained below."),
}


# What reviewers often ask, said to each reader in their own language; free words may follow.
QUESTIONS = {
    "newer": N_("Please give newer figures: these are older than the rule allows."),
    "amounts": N_("Please explain how this amount is made up, and in whose name it is held."),
    "authority": N_("Please show on what authority the signatory signs."),
    "owners": N_("Please name every person behind the holders, up to natural persons."),
    "funds": N_("Please explain where the money comes from in more detail."),
}


def after(state: str, event: str) -> str:
    """The state after an event. Raises NotNow."""
    try:
        return STEPS[state, event][0]
    except KeyError:
        raise NotNow from None


def standing(held: str, *, since: datetime, until: datetime, now: datetime) -> str:
    """How an admission stands at an instant: as it is held, or EXPIRING or EXPIRED by the clock.

    It is over at ``until`` itself, to the second.
    """
    if held == ADMITTED and now >= until:
        return EXPIRED
    if held == ADMITTED and now >= since and now >= until - EXPIRING_FOR:
        return EXPIRING
    return held


def opens(held: str, *, since: datetime, until: datetime, now: datetime) -> bool:
    """Whether an admission opens what is for admitted investors at this instant."""
    return held == ADMITTED and since <= now < until


def reminder(*, since: datetime, until: datetime, now: datetime) -> int | None:
    """Which of REMIND_BEFORE holds now: the last one reached, none of those that lay before the admission began."""
    reached = [days for days in REMIND_BEFORE if since <= until - timedelta(days=days) <= now]
    return min(reached, default=None)


def reminded_until(days: int, until: datetime) -> datetime:
    """When a reminder stops being worth sending: the next one holds then, or the end is a week past."""
    following = max((each for each in REMIND_BEFORE if each < days), default=None)
    return until + REMINDED_AFTER if following is None else until - timedelta(days=following)


class Part(NamedTuple):
    """What a person may do with a submission: the stage, or None and why not."""

    stage: str | None
    why: str = ""


def part(*, user_id: int, signed_by: int, finders: Collection[int], in_conflict: bool) -> Part:
    """The part ``user_id`` may take in a review that ``finders`` have sent findings to."""
    if in_conflict:
        return Part(None, "conflict")
    if user_id == signed_by or user_id in finders:
        return Part(None, "same")
    return Part(STAGES[len(finders)]) if len(finders) < len(STAGES) else Part(None, "done")


# Predicates of listing/policy.py.


def _own(actor: Actor, subject: object, *roles: str) -> bool:
    own = actor.membership(getattr(subject, "organisation_id", None))
    return own is not None and own.kind == accounts.INVESTOR and (not roles or own.role in roles)


def belongs(actor: Actor, subject: object) -> bool:
    """A member of the institution that applies."""
    return _own(actor, subject)


def answers(actor: Actor, subject: object) -> bool:
    """Who writes the answers of the institution that applies."""
    return _own(actor, subject, accounts.OWNER, accounts.EDITOR)


def sends(actor: Actor, subject: object) -> bool:
    """Who signs for the institution that applies."""
    return _own(actor, subject, accounts.OWNER, accounts.APPROVER)


def governs(actor: Actor) -> bool:
    """A supervisor of the operator."""
    return accounts.is_supervisor(actor, None)


# Refusals.


class NumberOrReason(Refusal):
    message = N_("Enter the tax number, or choose the reason why there is none.")


class NotNow(Refusal):
    message = N_("The application is not in a state that allows this. Look at its page for what happens next.")


class AlreadyOpen(Refusal):
    message = N_("Your institution has an open application already. Go on with that one, or withdraw it first.")


class TooSoon(Refusal):
    message = N_("After a refusal or a revocation your institution can apply again from %(day)s.")


class TooLate(Refusal):
    message = N_("An appeal was possible within 30 days of the decision.")


class ChangedMeanwhile(Refusal):
    message = N_("Somebody else saved this page while you were writing. Both texts are below; nothing is lost.")


class ChangedSinceRead(Refusal):
    message = N_("Something on this page changed since you read it. Read it once more and sign again.")


class NotReady(Refusal):
    message = N_("Something is still missing. The list on this page says what.")


class NotDeclared(Refusal):
    message = N_("Tick the declaration to sign it.")


class SamePerson(Refusal):
    message = N_("You signed or reviewed this already; another person has to do this step.")


class HasConflict(Refusal):
    message = N_("You declared a conflict of interest with this institution, so you cannot take part.")


class Locked(Refusal):
    message = N_("%(name)s is working on this until %(until)s. Say why if you take it over.")


class NotYours(Refusal):
    message = N_("Begin the review first; somebody else may have taken it over meanwhile.")


class NoReason(Refusal):
    message = N_("Give a reason.")


class Unfound(Refusal):
    message = N_("Say of each rule what you found.")


class NoConditions(Refusal):
    message = N_("Say under which conditions.")


class MeasureWaits(Refusal):
    message = N_("A measure waits for an answer already. Answer that one first.")


class ProposedIt(Refusal):
    message = N_("You proposed this; another supervisor has to answer.")


class Unscreened(Refusal):
    message = N_("First have every name compared with the lists in force and resolve each hit.")

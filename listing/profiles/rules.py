"""The life of a profile, and the sentences in which an answer is refused.

Pure. What a field may hold is decided in ``reading``, what is still missing in ``completeness``; who may act, in
listing/policy.py.
"""

from listing.access.actor import Actor
from listing.accounts import rules as accounts
from listing.refusal import N_, Refusal

DRAFT, SUBMITTED, IN_REVIEW, RETURNED, APPROVED, PUBLISHED, WITHDRAWN = STATES = (
    "draft",
    "submitted",
    "in_review",
    "returned",
    "approved",
    "published",
    "withdrawn",
)
ENTERPRISE, REVIEWER, SECOND_REVIEWER, SUPERVISOR = "enterprise", "reviewer", "second reviewer", "supervisor"

# (from, event): (to, who). The signer, the first and the second reviewer of one submission are different people.
STEPS = {
    (DRAFT, "submit"): (SUBMITTED, ENTERPRISE),
    (RETURNED, "submit"): (SUBMITTED, ENTERPRISE),
    (PUBLISHED, "submit"): (SUBMITTED, ENTERPRISE),
    (SUBMITTED, "recall"): (DRAFT, ENTERPRISE),
    (SUBMITTED, "claim"): (IN_REVIEW, REVIEWER),
    (IN_REVIEW, "release"): (SUBMITTED, REVIEWER),
    (IN_REVIEW, "return"): (RETURNED, REVIEWER),
    (IN_REVIEW, "approve"): (APPROVED, REVIEWER),
    (APPROVED, "return"): (RETURNED, SECOND_REVIEWER),
    (APPROVED, "publish"): (PUBLISHED, SECOND_REVIEWER),
    # Whatever is under way. What is on display has a status of its own, suspended and restored apart from this.
    **{(state, "withdraw"): (WITHDRAWN, SUPERVISOR) for state in STATES if state != WITHDRAWN},
}
EDITABLE = (DRAFT, RETURNED, PUBLISHED)  # a published profile is edited towards its next revision

DECLARATION = 1  # version of the words that are signed
REVIEW_DAYS = 5  # working days
BLANK_ROWS = 2  # offered beyond those that are filled in


# Predicates of listing/policy.py.


def edits(actor: Actor, subject: object) -> bool:
    """Who writes for the enterprise that the subject is or belongs to."""
    own = actor.membership(getattr(subject, "organisation_id", None))
    return own is not None and own.kind == accounts.ENTERPRISE and own.role in (accounts.OWNER, accounts.EDITOR)


def signs(actor: Actor, subject: object) -> bool:
    """Who signs for the enterprise that the subject is or belongs to."""
    own = actor.membership(getattr(subject, "organisation_id", None))
    return own is not None and own.kind == accounts.ENTERPRISE and own.role in (accounts.OWNER, accounts.APPROVER)


# Refusals.


class NotNow(Refusal):
    message = N_("The profile is not in a state that allows this. Look at its page for what happens next.")


class ChangedMeanwhile(Refusal):
    message = N_("Somebody else saved this page while you were writing. Both texts are below; nothing is lost.")


class ChangedSinceRead(Refusal):
    message = N_("Something on this page changed since you read it. Read it once more and sign again.")


class NotReady(Refusal):
    message = N_("Something is still missing. The list on this page says what.")


class NotDeclared(Refusal):
    message = N_("Tick the declaration to sign it.")


class AlreadyClaimed(Refusal):
    message = N_(
        "This registration number already has a profile here. Ask an owner of that organisation to invite you."
    )


class Unanswered(Refusal):
    message = N_("Answer this.")


class WithoutChinese(Refusal):
    message = N_("The Chinese is missing.")


class WithoutEnglish(Refusal):
    message = N_("The English is missing.")


class OutOfDate(Refusal):
    message = N_("One language changed after the other. Update it, or tick that the two still match.")


class TooLong(Refusal):
    message = N_("Shorten this to %(most)s characters; it has %(has)s.")


class NotInList(Refusal):
    message = N_("Choose one of the list.")


class TooHigh(Refusal):
    message = N_("Enter a number of at most %(most)s.")


class BelowZero(Refusal):
    message = N_("Enter zero or more.")


class Absurd(Refusal):
    message = N_("This amount is too large to be right. Look at the unit.")


class NoUnit(Refusal):
    message = N_("Choose the currency and the unit first.")


class NotAShare(Refusal):
    message = N_("Enter a share above 0 and up to 100, with at most two decimals, such as 45.5.")


class Over100(Refusal):
    message = N_("The shares add up to %(sum)s, which is more than 100%%.")


class Under100(Refusal):
    message = N_("The shares add up to %(sum)s; %(rest)s is missing.")


class InTheFuture(Refusal):
    message = N_("This day has not come yet.")


class Over(Refusal):
    message = N_("This day is over. Give what is in force today.")


class WrongCheckDigits(Refusal):
    message = N_("The check digits of this number are wrong. Look at each character.")


class TooEarly(Refusal):
    message = N_("This day is before the one it follows.")


class TooLow(Refusal):
    message = N_("This is less than the lower amount.")


class MoreThanTheWhole(Refusal):
    message = N_("This is more than the whole it belongs to.")


class NotAnAddress(Refusal):
    message = N_("Enter an e-mail address such as name@example.com.")


class NotAPhone(Refusal):
    message = N_("Enter a telephone number with its country code, such as +852 2345 6789.")


class NoSuchDocument(Refusal):
    message = N_("Choose one of your documents.")


class StillNamed(Refusal):
    message = N_("This document is named as evidence. Choose another one there first.")


class DocumentGone(Refusal):
    message = N_("A document that this page names was taken out meanwhile. Choose another one.")


class AnswersRefused(Refusal):
    message = N_("Some answers need a change")


class TooManyRows(Refusal):
    message = N_("At most %(most)s entries are possible.")


class TooFewRows(Refusal):
    message = N_("At least %(least)s entries are needed.")


class SameTwice(Refusal):
    message = N_("The same entry stands twice.")


class NoAlternative(Refusal):
    message = N_("Say in Chinese and English what the picture shows.")


def after(state: str, event: str) -> str:
    """The state after an event. Raises NotNow."""
    try:
        return STEPS[state, event][0]
    except KeyError:
        raise NotNow from None

"""Who takes which part in a review, how long it may take, and what holds it up. Pure.

The signer, the first and the second reviewer of one submission are three people, none of whom has declared a conflict
of interest with the enterprise. The database holds the same (models.Decision); here it is said in words.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from listing.refusal import N_, Refusal

FIRST, SECOND = "first", "second"
STAGES = (FIRST, SECOND)
APPROVE, RETURN = "approve", "return"
VERDICTS = (APPROVE, RETURN)
LOCK = timedelta(minutes=30)
MOST_COMMENT = 2_000
MOST_NOTE = 500


class SamePerson(Refusal):
    message = N_("You signed or reviewed this already; another person has to do this step.")


class HasConflict(Refusal):
    message = N_("You declared a conflict of interest with this enterprise, so you cannot take part.")


class Locked(Refusal):
    message = N_("%(name)s is working on this until %(until)s. Say why if you take it over.")


class NotYours(Refusal):
    message = N_("Begin the review first; somebody else may have taken it over meanwhile.")


class NothingSaid(Refusal):
    message = N_("Write at least one comment, so that the enterprise knows what to change.")


class IdentityUnchecked(Refusal):
    message = N_("Note first how the identity of this enterprise was checked.")


class NoReason(Refusal):
    message = N_("Give a reason.")


class Part(NamedTuple):
    """What a person may do with a submission: the stage, or None and why not."""

    stage: str | None
    why: str = ""


def part(*, user_id: int, signed_by: int, deciders: Collection[int], in_conflict: bool, approved_once: bool) -> Part:
    """The part ``user_id`` may take; ``approved_once`` when the first review has approved."""
    if in_conflict:
        return Part(None, "conflict")
    if user_id == signed_by or user_id in deciders:
        return Part(None, "same")
    return Part(SECOND if approved_once else FIRST)

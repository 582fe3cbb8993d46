"""What the outcomes of rules make together: k of n, of which all and any are the two ends.

Pure counting. Three truths: met, not met, and open; what is open waits either for a person's judgement or for a fact or
paper that is missing.
"""

from collections.abc import Collection

MET, NOT_MET, MISSING, REVIEWER = "met", "not_met", "missing", "reviewer_decides"
OUTCOMES = (MET, NOT_MET, MISSING, REVIEWER)


def at_least(k: int, outcomes: Collection[str]) -> str:
    """The outcome of "at least k of these".

    Open as long as open ones could still decide it: a reviewer decides when his judgement alone could bring it to k,
    otherwise something is missing.
    """
    met = sum(outcome == MET for outcome in outcomes)
    judged = sum(outcome == REVIEWER for outcome in outcomes)
    missing = sum(outcome == MISSING for outcome in outcomes)
    if met >= k:
        return MET
    if met + judged + missing < k:
        return NOT_MET
    return REVIEWER if met + judged >= k else MISSING


def all_of(outcomes: Collection[str]) -> str:
    """Every one of them; met when there are none."""
    return at_least(len(outcomes), outcomes)


def any_of(outcomes: Collection[str]) -> str:
    """One of them; not met when there are none."""
    return at_least(1, outcomes)

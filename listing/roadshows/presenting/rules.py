"""How a company comes onto the agenda, when it is reminded, and the words of refusal.

Pure. A company stands on the agenda once it has agreed: by itself, or because the organizer notes an agreement made
outside this platform. Both can be taken back.
"""

from datetime import datetime, timedelta

from listing.refusal import N_, Refusal
from listing.roadshows.rules import NotNow

PLANNED, ASKED, CONFIRMED, DECLINED, WITHDRAWN = STATES = (
    "planned",
    "asked",
    "confirmed",
    "declined",
    "withdrawn",
)
STANDING = (PLANNED, ASKED, CONFIRMED)  # those that hold their session
TOLD = (ASKED, CONFIRMED)  # those whose company knows of it
ORGANIZER, COMPANY = "organizer", "company"

# (from, event): (to, who)
TURNS = {
    (PLANNED, "ask"): (ASKED, ORGANIZER),
    (PLANNED, "note"): (CONFIRMED, ORGANIZER),
    (ASKED, "note"): (CONFIRMED, ORGANIZER),
    (ASKED, "confirm"): (CONFIRMED, COMPANY),
    (ASKED, "decline"): (DECLINED, COMPANY),
    (CONFIRMED, "decline"): (DECLINED, COMPANY),
    **{(state, "withdraw"): (WITHDRAWN, ORGANIZER) for state in STANDING},
}

REASON_LONGEST = 500
ANSWER_WITHIN = timedelta(days=7)  # what the form proposes
REMINDED_BEFORE = timedelta(days=2)  # the day an answer is asked for by


def turned(state: str, event: str) -> str:
    """What becomes of a company's part after an event. Raises NotNow."""
    try:
        return TURNS[state, event][0]
    except KeyError:
        raise NotNow from None


def reminded_at(asked_at: datetime, answer_by: datetime) -> datetime:
    """When a company that has not answered is reminded: two days before the end, not in the first half of the time."""
    return max(answer_by - REMINDED_BEFORE, asked_at + (answer_by - asked_at) / 2)


# Refusals.


class TooSoon(Refusal):
    message = N_("Ask for an answer by a day to come, and before the session begins.")


class NobodyThere(Refusal):
    message = N_("Nobody here answers for this company. Note its agreement once you have it.")


class NotFit(Refusal):
    message = N_("To present, a company has to be on display here, complete in both languages and not held back.")


class Unreasoned(Refusal):
    message = N_("Say in a few words why, so that the organiser can plan.")


class NoSubstitute(Refusal):
    message = N_("Choose another company from the list, or none.")

"""How a company comes onto the agenda, when it is reminded, who may have its files, and the words of refusal.

Pure. A company stands on the agenda once it has agreed: by itself, or because the organizer notes an agreement made
outside this platform. Both can be taken back.
"""

from datetime import date, datetime, timedelta

from listing.access.actor import Tier
from listing.disclosure import deadlines
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

REASON_LONGEST, NAME_LONGEST, MOST_SPEAKERS = 500, 100, 8
ANSWER_WITHIN = timedelta(days=7)  # what the form proposes
REMINDED_BEFORE = timedelta(days=2)  # the day an answer is asked for by

WRITTEN = ("zh", "en")  # languages of a file
PUBLIC, ADMITTED, REGISTERED = VISIBILITIES = ("public", "admitted", "registered")
MATERIALS_DUE = deadlines.parse("PRE-5D")  # as item D26 of the disclosure standard
MOST_MATERIALS = 10  # of one session at a time


def turned(state: str, event: str) -> str:
    """What becomes of a company's part after an event. Raises NotNow."""
    try:
        return TURNS[state, event][0]
    except KeyError:
        raise NotNow from None


def reminded_at(asked_at: datetime, answer_by: datetime) -> datetime:
    """When a company that has not answered is reminded: two days before the end, not in the first half of the time."""
    return max(answer_by - REMINDED_BEFORE, asked_at + (answer_by - asked_at) / 2)


def materials_due(day: date) -> date:
    """The last day on which files for a session on that day are in time."""
    return deadlines.due(MATERIALS_DUE, day, "HK").day


def may_have(visibility: str, *, tier: Tier, has_place: bool) -> bool:
    """Whether a reader, with a confirmed place on the day or not, may have a file.

    A place opens nothing to somebody whose admission has ended meanwhile.
    """
    if visibility == PUBLIC:
        return True
    return tier >= Tier.ADMITTED and (visibility == ADMITTED or has_place)


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


class TooManySpeakers(Refusal):
    message = N_("A session has at most %(most)s speakers.")


class HalfARole(Refusal):
    message = N_("Write the position in both languages, or in none.")


class TooManyMaterials(Refusal):
    message = N_("A session has at most %(most)s files at a time. Replace or withdraw one.")


class HalfAnAnswer(Refusal):
    message = N_("Write the answer in both languages.")


class NoVote(Refusal):
    message = N_("Those with a confirmed place at this roadshow vote for questions.")

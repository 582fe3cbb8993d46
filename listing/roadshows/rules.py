"""The life of a roadshow and of a registration, how long an offer stands, and the words of refusal.

Pure. Places are counted in the database (operations/seating.py); attendance.py says who may attend, agenda.py finds
clashes of sessions.
"""

from datetime import datetime, timedelta

from listing.access.actor import Actor
from listing.accounts import rules as accounts
from listing.refusal import N_, Refusal

DRAFT, PUBLISHED, RUNNING, CLOSED, ARCHIVED, CANCELLED = (
    "draft",
    "published",
    "running",
    "closed",
    "archived",
    "cancelled",
)
HELD = (DRAFT, PUBLISHED, ARCHIVED, CANCELLED)  # what is kept; the others are read off the clock
ORGANIZER, CLOCK = "organizer", "clock"

# (from, event): (to, who). Time moves a roadshow without anybody, so that a moved one is never in the wrong state.
STEPS = {
    (DRAFT, "publish"): (PUBLISHED, ORGANIZER),
    (PUBLISHED, "begin"): (RUNNING, CLOCK),
    (RUNNING, "end"): (CLOSED, CLOCK),
    (CLOSED, "archive"): (ARCHIVED, ORGANIZER),
    **{(state, "cancel"): (CANCELLED, ORGANIZER) for state in (DRAFT, PUBLISHED, RUNNING)},
}

ONSITE, ONLINE = MODES = ("onsite", "online")
APPLIED, CONFIRMED, WAITLISTED, OFFERED, DECLINED, EXPIRED, WITHDRAWN = (
    "applied",
    "confirmed",
    "waitlisted",
    "offered",
    "declined",
    "expired",
    "withdrawn",
)
REGISTRATIONS = (APPLIED, CONFIRMED, WAITLISTED, OFFERED, DECLINED, EXPIRED, WITHDRAWN)
SEATED = (CONFIRMED, OFFERED)  # each of these holds one place
LIVE = (APPLIED, CONFIRMED, WAITLISTED, OFFERED)
INVESTOR = "investor"

# (from, event): (to, who). Whether an arrival is applied, confirmed or waitlisted, the places decide.
TURNS = {
    (APPLIED, "approve"): (CONFIRMED, ORGANIZER),
    (APPLIED, "queue"): (WAITLISTED, ORGANIZER),
    (APPLIED, "decline"): (DECLINED, ORGANIZER),
    (WAITLISTED, "offer"): (OFFERED, CLOCK),
    (OFFERED, "accept"): (CONFIRMED, INVESTOR),
    (OFFERED, "lapse"): (EXPIRED, CLOCK),
    **{(state, "withdraw"): (WITHDRAWN, INVESTOR) for state in LIVE},
    **{(state, "bar"): (EXPIRED, CLOCK) for state in LIVE},  # the admission has ended
}

CODE_LONGEST, TITLE_LONGEST, TEXT_LONGEST, PLACE_LONGEST, LINK_LONGEST = 40, 160, 2_000, 160, 500
NEEDS_LONGEST, MOST_SEATS, MOST_SESSIONS, MOST_DAYS = 500, 10_000, 100, 10
LONGEST_SESSION = 600  # minutes
RESERVED_CODES = frozenset({"calendar", "materials", "mine", "new", "registrations"})

OFFER_STANDS = timedelta(hours=24)
OFFER_AT_LEAST = timedelta(minutes=30)
LAST_OFFER = timedelta(hours=1)  # before the day begins
DOOR_OPENS = timedelta(hours=4)  # before the day begins
DOOR_NOTED = timedelta(days=2)  # after its end, for lists that were ticked by hand

ASKED, PUBLIC, DISMISSED = QUESTIONS = ("asked", "published", "dismissed")
QUESTION_LONGEST, MOST_QUESTIONS = 1_000, 5  # of one person to one session
ASKED_AFTER = timedelta(days=7)  # the end of a roadshow

# Why somebody is taken before others; a code, because the log keeps no prose.
MOVE_REASONS = {
    "access": N_("The place was set up for a need this person stated."),
    "error": N_("A mistake of ours is put right."),
    "partner": N_("A company asked for this investor by name."),
    "host": N_("The person speaks or hosts at this roadshow."),
}

# (anchor, minutes): when people are told; minutes before the start or after the end of a day.
START, END = "start", "end"
DEFAULT_REMINDERS = ((START, 7 * 24 * 60), (START, 24 * 60), (START, 60), (END, 120))
LONGEST_REMINDER = 30 * 24 * 60
THANKED_WITHIN = timedelta(days=2)  # who starts later than this after an end thanks nobody


def after(state: str, event: str) -> str:
    """The state of a roadshow after an event. Raises NotNow."""
    try:
        return STEPS[state, event][0]
    except KeyError:
        raise NotNow from None


def turned(state: str, event: str) -> str:
    """The state of a registration after an event. Raises NotNow."""
    try:
        return TURNS[state, event][0]
    except KeyError:
        raise NotNow from None


def standing(held: str, *, begins: datetime | None, ends: datetime | None, now: datetime) -> str:
    """How a roadshow stands at an instant: as it is held, or RUNNING or CLOSED by the clock."""
    if held != PUBLISHED or begins is None or now < begins:
        return held
    return RUNNING if now < ends else CLOSED


def offered_until(*, begins: datetime, now: datetime) -> datetime | None:
    """Until when an offer made now stands: a quarter of the time left, 30 minutes to 24 hours.

    None in the last hour before the day begins, when nobody could be expected to answer in time.
    """
    left = begins - now
    if left <= LAST_OFFER:
        return None
    return now + min(max(left / 4, OFFER_AT_LEAST), OFFER_STANDS)


def organizes(actor: Actor, subject: object) -> bool:
    """Who plans roadshows for the organizer whose roadshow it is."""
    own = actor.membership(getattr(subject, "organisation_id", None))
    return own is not None and own.kind == accounts.ORGANIZER and own.role in (accounts.OWNER, accounts.EDITOR)


# Refusals.


class NotNow(Refusal):
    message = N_("The present state does not allow this. Look at the page once more.")


class ByNothing(NotNow):
    message = N_("Say by how many days or minutes the roadshow moves.")


class IntoThePast(NotNow):
    message = N_("The roadshow would begin in the past. Nobody can be told of that in time.")


class MovedMeanwhile(NotNow):
    message = N_("This session begins at %(begins)s by now, not when your page said. Look at the page once more.")


class EndsMeanwhile(NotNow):
    message = N_("This session ends at %(ends)s by now, not when your page said. Look at the page once more.")


class CodeInUse(Refusal):
    message = N_("Another roadshow has this address already. Choose another one.")


class NotReady(Refusal):
    message = N_("The roadshow cannot be published yet. The list on this page says what is missing.")


class TooMany(Refusal):
    message = N_("A roadshow has at most %(days)s days with %(sessions)s sessions each.")


class DayTaken(Refusal):
    message = N_("This roadshow has that day already.")


class DayInUse(Refusal):
    message = N_("People are registered for this day. Cancel the roadshow or move it instead.")


class WindowReversed(Refusal):
    message = N_("Registration has to close after it opens.")


class BelowTaken(Refusal):
    message = N_("%(taken)s places of this kind are taken; there cannot be fewer.")


class UnfitCompany(Refusal):
    message = N_("Choose a company that is on display and complete in both languages.")


class Untitled(Refusal):
    message = N_("Give the session a title in both languages, or choose a company.")


class NoReason(Refusal):
    message = N_("Give a reason in both languages.")


class NotAdmitted(Refusal):
    message = N_("Places are for investors admitted by the operator; your institution is not admitted at present.")


class Withheld(Refusal):
    message = N_("Your institution does not let organisers know who comes. It can agree on its application’s page.")


class NotForClass(Refusal):
    message = N_("This roadshow is for other classes of admitted investors.")


class NotForMarket(Refusal):
    message = N_("This roadshow is for investors admitted for other markets.")


class NotInvited(Refusal):
    message = N_("This roadshow is by invitation, and your e-mail address is not among those invited.")


class NotOpen(Refusal):
    message = N_("Registration is not open now.")


class NoSuchMode(Refusal):
    message = N_("Choose how you take part on this day.")


class AlreadyIn(Refusal):
    message = N_("You are registered for this day already.")


class WasDeclined(Refusal):
    message = N_("The organiser declined your registration for this day.")


class OfferOver(Refusal):
    message = N_("The offer has ended and the place went to the next person.")


class TooFar(Refusal):
    message = N_("A reminder can be at most 30 days before the start or after the end.")


class TooManyQuestions(Refusal):
    message = N_("You asked %(most)s questions here already; leave room for others.")


class OneLanguage(Refusal):
    message = N_("Write the question in both languages, and the answer in both or in none.")


class MaterialUnwritten(Refusal):
    message = N_("A material answer has to be written in both languages.")


class MaterialStays(Refusal):
    message = N_("This answer was published as material. It can be corrected; it stays published and material.")


class MaterialOwed(Refusal):
    message = N_("Material answers are not published yet in both languages. The list on this page leads to each.")


class SessionAsked(Refusal):
    message = N_("Questions were asked about this session; it stays.")


class NotToday(Refusal):
    message = N_("People are checked in from 4 hours before the day begins until 2 days after its end.")


class NoPlace(Refusal):
    message = N_("This person has no confirmed place on this day.")


class CameAlready(Refusal):
    message = N_("This person is checked in already.")


class CameBefore(Refusal):
    message = N_("You are checked in for this day; the place cannot be given back any more.")


class EndedAdmission(Refusal):
    message = N_("The admission of this person’s institution has ended or is suspended; they cannot be let in.")


class ReminderKept(Refusal):
    message = N_("There is a reminder for that time already.")

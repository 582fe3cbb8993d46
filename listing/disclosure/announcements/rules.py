"""The life of an announcement, who may sign it, what it must answer, and the sentences in which it is refused.

Pure. Whether its two texts agree is decided in ``checks``, when it may be released in ``windows``.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from listing.access.actor import Actor
from listing.accounts import rules as accounts
from listing.disclosure.deadlines import NotAPeriodEnd, is_period_end
from listing.refusal import N_, Refusal

from .categories import EVENT, PERIOD, Category, is_asked

DRAFT, SENT, SPONSOR, REVIEW, QUEUED, PUBLISHED, WITHDRAWN = STATES = (
    ("draft", "sent", "sponsor", "review") + ("queued", "published", "withdrawn")
)  # fmt: skip
READ = (SENT, SPONSOR, REVIEW)  # by whom it is read before it goes on: the company, its intermediary, the platform
SIGNED = (SPONSOR, REVIEW, QUEUED)  # by the company, and not released yet
STEPS = {
    (DRAFT, "send"): SENT,
    (SENT, SPONSOR): SPONSOR,
    (SENT, REVIEW): REVIEW,
    (SPONSOR, REVIEW): REVIEW,
    **{(state, "return"): DRAFT for state in READ},
    **{(state, "queue"): QUEUED for state in READ},
    **{(state, "leave"): DRAFT for state in (*READ, QUEUED)},
    **{(state, "release"): PUBLISHED for state in (*READ, QUEUED)},
    **{(state, "withdraw"): WITHDRAWN for state in (DRAFT, *READ, QUEUED)},
}
WAITS, TAKEN, DECLINED, MOOT = VERDICTS = ("waits", "taken", "declined", "moot")  # on a release outside the windows
# Why nobody has to answer any more whether it is released outside the windows.
LEFT, RETURNED, ENDED, RELEASED, SUSPENDED, MOVED = CLOSED_FOR = (
    ("left", "returned", "withdrawn", "released", "suspended", "moved")
)  # fmt: skip
DECLARATION = 1  # version of the words that are signed
TITLE_LONGEST, BODY_LONGEST, NOTE_LONGEST = 200, 30_000, 1_000
MOST_PASSAGES = 200
MOST_FILES = 10  # of one language
CHINESE, ENGLISH = SIDES = ("zh", "en")


class Subject(NamedTuple):
    """What a page of announcements is about: whose company, and which agents prepare its announcements.

    Of a joint one also who stands behind the companies that were ``invited``, and their agents.
    """

    organisation_id: int
    agents: frozenset[int]
    invited: frozenset[int] = frozenset()
    sponsors: frozenset[int] = frozenset()


def prepares(actor: Actor, subject: object) -> bool:
    """Who writes announcements for a client: owner or editor of an agent that the company has named."""
    agents = getattr(subject, "agents", frozenset())
    return any(
        own.organisation_id in agents and own.kind == accounts.AGENT and own.role in (accounts.OWNER, accounts.EDITOR)
        for own in actor.memberships
    )


def endorses(actor: Actor, subject: object) -> bool:
    """Who signs as the intermediary of a client: owner or approver of an agent that the company has named."""
    agents = {*getattr(subject, "agents", ()), *getattr(subject, "sponsors", ())}
    return bool(agencies(actor, agents))


def agencies(actor: Actor, agents: Collection[int]) -> list[int]:
    """Those of these agents for which a person signs."""
    return [
        own.organisation_id
        for own in actor.memberships
        if own.organisation_id in agents
        and own.kind == accounts.AGENT
        and own.role in (accounts.OWNER, accounts.APPROVER)
    ]


def signs_for(actor: Actor) -> tuple[list[int], list[int]]:
    """The enterprises and the agents for which a person signs."""
    signing = [own for own in actor.memberships if own.role in (accounts.OWNER, accounts.APPROVER)]
    kinds = (accounts.ENTERPRISE, accounts.AGENT)
    return tuple([own.organisation_id for own in signing if own.kind == kind] for kind in kinds)


class NotNow(Refusal):
    message = N_("This announcement is not in a state that allows this. Look at its page for what happens next.")


class ChangedMeanwhile(Refusal):
    message = N_("Somebody else saved this announcement while you were writing. What you wrote is below; open it anew.")


class ChangedSinceRead(Refusal):
    message = N_("The announcement changed since you read it. Read it once more before you go on.")


class NotReady(Refusal):
    message = N_("Something still holds this announcement back. The list on this page says what.")


class NotDeclared(Refusal):
    message = N_("Tick the declaration to sign it.")


class WroteIt(Refusal):
    message = N_("You wrote part of this announcement. Another person has to check and sign it.")


class SignedIt(Refusal):
    message = N_("You signed this for the company. Another person has to sign it for the intermediary.")


class NoIntermediary(Refusal):
    message = N_(
        "The tier of the company asks for the signature of an intermediary, and no agent is named. An owner names one."
    )


class HasPart(Refusal):
    message = N_(
        "You take part in this company or announcement, or declared a conflict of interest. Another person reads it."
    )


class Embargoed(Refusal):
    message = N_("Its company holds it back until a time of its own. Only the company can end that.")


class StandsNoMore(Refusal):
    message = N_(
        "A day in its standard form does not hold any more, so readers would be told something wrong. "
        "In its window it goes back to its writers."
    )


class NoReasons(Refusal):
    message = N_("Give the reason in both languages: it is published.")


class ReasonsDiffer(Refusal):
    message = N_("The figures of the two languages differ. The reason is published, so both have to say the same.")


class AsksAlready(Refusal):
    message = N_("Its release was asked for already and waits for an answer.")


class SecondPerson(Refusal):
    message = N_("You asked for it. Another person has to answer.")


class EarlierDiffers(Refusal):
    message = N_("%(number)s gave %(value)s for that period. Say in the text why it is another figure now.")


class NotOnDisplay(Refusal):
    message = N_("The company is not on display now, so nothing of it can be released.")


class AlreadyCorrected(Refusal):
    message = N_("This version was corrected already. Correct the latest version, %(number)s.")


class NoSuchCategory(Refusal):
    message = N_("Choose one of the list.")


class NoPeriod(Refusal):
    message = N_("Give the end of the period that this reports on.")


class NoEvent(Refusal):
    message = N_("Give the day of the event.")


class NoEventOfThen(Refusal):
    message = N_("The disclosure standard in force on that day has no such major event. Choose another one.")


class NotYet(Refusal):
    message = N_("%(day)s has not come yet.")


class TextMissing(Refusal):
    message = N_("The Chinese or the English is missing. Nothing is published in one language.")


class PassagesDiffer(Refusal):
    message = N_(
        "The Chinese has %(zh)s passages and the English %(en)s. Separate the same passages by empty lines in both."
    )


class TooManyPassages(Refusal):
    message = N_("At most %(most)s passages are possible.")


class TooManyFiles(Refusal):
    message = N_("At most %(most)s attachments of one language are possible.")


class FilesDiffer(Refusal):
    message = N_(
        "Attachments in Chinese: %(zh)s; in English: %(en)s. Both need as many; one file may be added to each."
    )


class OneSideLater(Refusal):
    message = N_(
        "One language changed after the other. Choose Change the announcement, and update the other one or tick below"
        " the texts that both say the same."
    )


class MachineText(Refusal):
    message = N_("A program made one of the two texts. A translator has to edit it, or to tick that both say the same.")


class NoSuchAgent(Refusal):
    message = N_("Choose one of the list.")


class AgentAlready(Refusal):
    message = N_("This agent prepares announcements for the company already.")


class NoReason(Refusal):
    message = N_("Say why, so that it can be looked up later.")


class Hidden(Refusal):
    message = N_("The text holds an invisible character (%(code)s) that changes how it reads. Type the place anew.")


class SeveralLines(Refusal):
    message = N_("A title is one line. Take the line break out.")


def after(state: str, event: str) -> str:
    """The state after an event. Raises NotNow."""
    try:
        return STEPS[state, event]
    except KeyError:
        raise NotNow from None


def speaks_of(category: Category, period_end: date | None, event_on: date | None, today: date) -> None:
    """Look that the day a category asks for is given and has come.

    Raises NoPeriod, NotAPeriodEnd, NoEvent, NotYet, NoEventOfThen.
    """
    asked = {PERIOD: (period_end, NoPeriod), EVENT: (event_on, NoEvent)}.get(category.needs)
    if asked is None:
        return
    day, refusal = asked
    if day is None:
        raise refusal
    if category.needs == PERIOD and not is_period_end(day):
        raise NotAPeriodEnd(day=day)
    if day > today:
        raise NotYet(day=day)
    if not is_asked(category, day):
        raise NoEventOfThen


def may_sign(person: int, writers: Collection[int]) -> None:
    """Four eyes: who wrote any of it does not sign it. Raises WroteIt."""
    if person in writers:
        raise WroteIt


def station_after(state: str, asked: Collection[str]) -> str | None:
    """Who reads it next of those ``asked``, after whoever read it in ``state``; None where nobody else does."""
    return next((station for station in READ[READ.index(state) + 1 :] if station in asked), None)


def may_read_for_the_platform(
    actor: Actor, *, organisations: Collection[int], people: Collection[int], in_conflict: bool
) -> None:
    """Look that a reviewer has no part in it: ``people`` wrote or signed it, ``organisations`` stand behind it.

    Raises HasPart.
    """
    belongs = any(own.organisation_id in organisations for own in actor.memberships)
    if belongs or in_conflict or actor.user_id in people:
        raise HasPart


def number(year: int, count: int) -> str:
    """The number of the ``count``-th announcement of a year: 2026-000123."""
    return f"{year}-{count:06d}"

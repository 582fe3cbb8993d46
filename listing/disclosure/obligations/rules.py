"""Where each obligation of a company stands on a day, what that says of the company, and what may be done about it.

Pure: from obligations (``owing``), filings and waivers as values. Days are those of the company's place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from listing.disclosure import deadlines, standards
from listing.disclosure import rules as disclosure
from listing.disclosure.rules import DUE, LATE, MET, UPCOMING, WAIVED
from listing.disclosure.standards import OPTIONAL, Rung, Standard
from listing.refusal import N_, Refusal

from .owing import A_YEAR, ADMISSION, CHANGE, EVENT, ROADSHOW, ROUND, Filed, Held, Owed, standard_of

HAPPENINGS = (CHANGE, EVENT, ROUND, ROADSHOW)
PLANNED = frozenset({ROUND, ROADSHOW})  # their day may lie ahead
COUNTED_ON = frozenset({deadlines.PERIOD_END, deadlines.WITH, deadlines.EVENT})  # what it is about lies before its day
MAJOR = "D21"  # the item that a code of the standard's events belongs to
MOST_WORDS = 2_000
STATES = (LATE, DUE, UPCOMING, WAIVED, MET)  # in the order in which they are read


class NoTier(Refusal):
    message = N_("This company is in no tier yet.")


class SameTier(Refusal):
    message = N_("The company is in this tier with this financial year already.")


class RequestWaits(Refusal):
    message = N_("An application for a tier waits for its decision already.")


class SamePerson(Refusal):
    message = N_("You sent this application; somebody else has to decide it.")


class Decided(Refusal):
    message = N_("This was decided meanwhile. Load the page again.")


class NoReason(Refusal):
    message = N_("Give a reason.")


class NothingFiled(Refusal):
    message = N_("Attach the document, or give the number of the published announcement that holds it.")


class NothingSaid(Refusal):
    message = N_("Say where it stands, attach a document, or give the number of a published announcement.")


class AlreadyFiled(Refusal):
    message = N_("This obligation is met already.")


class NotYet(Refusal):
    message = N_("What this is about has not ended yet; nothing can be filed for it.")


class InTheFuture(Refusal):
    message = N_("This day has not come yet.")


class TooLongAgo(Refusal):
    message = N_("This day is before the company took its tier, or more than a year away.")


class UnknownNumber(Refusal):
    message = N_("This company has published no announcement of that number.")


class NotAhead(Refusal):
    message = N_("Choose a day after today and after its present day, at most a year ahead.")


class NoCode(Refusal):
    message = N_("Choose which major event it is.")


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation as it stands on a day. ``by``: its due day, or the later day a waiver gives."""

    owed: Owed
    state: str
    by: date
    late: int = 0  # days, of what is still open
    filed: date | None = None

    @property
    def item(self) -> standards.Item:
        """What is to be disclosed."""
        return self.owed.obligation.item

    @property
    def in_time(self) -> bool:
        """Whether it was filed by its day."""
        return self.filed is not None and self.filed <= self.by

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps of the ladder that its lateness has reached."""
        ladder = self.owed.standard.ladder
        return tuple(rung for rung in ladder if self.late >= rung.after)


def lines(
    obligations: Iterable[Owed], filings: Iterable[Filed], waivers: Mapping[str, date], *, today: date
) -> list[Line]:
    """Each obligation as it stands on a day; ``waivers`` are the days until which one is waived, by key."""
    met = {filing.key: filing.on for filing in filings}
    return [_line(one, met.get(one.key), waivers.get(one.key), today) for one in obligations]


def _line(one: Owed, filed: date | None, waived: date | None, today: date) -> Line:
    due = one.obligation.due.day
    by = max(due, waived) if waived else due
    state = disclosure.state(by, today, met=filed, waived=waived is not None and today <= waived)
    return Line(one, state, by, (today - by).days if state == LATE else 0, filed)


class Share(NamedTuple):
    """So many of so many; nothing to say where there are none."""

    part: int
    of: int

    @property
    def percent(self) -> int | None:
        """In the nearest per cent, but only all of them are 100 and only none is 0."""
        if not self.of:
            return None
        nearest = (200 * self.part + self.of) // (2 * self.of)
        return max(nearest, 1) if nearest < 50 and self.part else min(nearest, 99 if self.part < self.of else 100)


def completeness(found: Iterable[Line]) -> Share:
    """Of what had to be there by now, or was filed early, how much is."""
    counted = [line for line in found if line.state in (MET, LATE)]
    return Share(sum(line.state == MET for line in counted), len(counted))


class ItemStanding(NamedTuple):
    """One item of a tier: how it stands (none where nothing was owed yet), and the obligation that says so."""

    item: standards.Item
    state: str | None
    line: Line | None


def by_item(held: Held, found: Iterable[Line]) -> list[ItemStanding]:
    """Each item that the tier needs, with the obligation that matters most: what is late before what is due."""
    standard, rows = standard_of(held), []
    found = list(found)
    for item in standard.of_tier(held.tier):
        if item.tiers[held.tier].need == OPTIONAL:
            continue
        own = [line for line in found if line.item.id == item.id]
        # Of several met ones the last matters, of several open ones the first.
        line = min(own, key=lambda one: (STATES.index(one.state), _sign(one) * one.by.toordinal()), default=None)
        rows.append(ItemStanding(item, line and line.state, line))
    return rows


def _sign(line: Line) -> int:
    return -1 if line.state == MET else 1


def with_application(standard: Standard) -> list[tuple[standards.Item, list[str]]]:
    """The items that come with an application for a tier, each with the tiers that ask for it."""
    found = []
    for item in standard.items:
        tiers = [tier for tier, duty in item.tiers.items() if any(one.every == ADMISSION for one in duty.when)]
        if tiers:
            found.append((item, tiers))
    return found


def happenings(held: Held) -> list[tuple[str, str]]:
    """What a company of that tier tells of when it happens, as (occasion, item); a round is one for all its items."""
    found = []
    for item in standard_of(held).of_tier(held.tier):
        for occasion in item.tiers[held.tier].when:
            if occasion.every in HAPPENINGS:
                found.append((occasion.every, "" if occasion.every in PLANNED else item.id))
    return sorted(dict.fromkeys(found), key=lambda one: (HAPPENINGS.index(one[0]), one[1] != MAJOR, one[1]))


def check_code(held: Held, item: str, code: str) -> None:
    """Raise NoCode for a major event that does not say which one it is."""
    if item == MAJOR and code not in standard_of(held).events:
        raise NoCode


def check_happened(every: str, on: date, *, today: date, begins: date) -> None:
    """Raise InTheFuture or TooLongAgo for a day on which it cannot have happened, or is not planned."""
    if every not in PLANNED and on > today:
        raise InTheFuture
    if on < begins or abs(on - today) > A_YEAR:
        raise TooLongAgo


def answers(one: Owed, release, code: str) -> bool:
    """Whether an announcement (with item, category, period_end, event_on, corrects) answers an obligation.

    ``code`` is the category that a major event is announced under. A correction answers nothing anew.
    """
    if release.item != one.obligation.item.id or release.corrects:
        return False
    if one.is_event:
        return release.event_on == one.base and code in ("", release.category)
    return one.obligation.occasion.due.base in COUNTED_ON and release.period_end == one.base


def check_waiver(line: Line, until: date, *, today: date) -> None:
    """Raise AlreadyFiled or NotAhead for what no waiver can be given for."""
    if line.state == MET:
        raise AlreadyFiled
    if until <= max(today, line.by) or until - today > A_YEAR:
        raise NotAhead


def check_filing(one: Owed, *, dated: date, note: str, reference: str, has_file: bool, today: date) -> None:
    """Raise NotYet, InTheFuture, NothingFiled or NothingSaid for what cannot meet the obligation."""
    if one.obligation.occasion.due.base in COUNTED_ON and today <= one.base - timedelta(days=one.is_event):
        raise NotYet
    if dated > today:
        raise InTheFuture
    if "document" in one.obligation.item.kinds and not (reference or has_file):
        raise NothingFiled
    if not (note or reference or has_file):
        raise NothingSaid

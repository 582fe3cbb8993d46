"""Before which instant nothing of an announcement is released, as its company types it by the clocks of a place.

Pure. Signed, it can be moved; what was signed is kept beside it. What it does to the window in which the announcement
is released is decided in ``windows``.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from listing import localtime
from listing.refusal import N_, Refusal

LONGEST = timedelta(days=90)
_DAY = timedelta(days=1)


class Half(Refusal):
    message = N_("Give both the day and the time, or neither of them.")


class Passed(Refusal):
    message = N_("%(day)s, %(time)s in %(zone)s has passed. Choose a later time, or leave day and time empty.")


class TooFar(Refusal):
    message = N_("At most %(days)s days ahead are possible. Choose an earlier time.")


class Missing(Refusal):
    message = N_("Give the day and the time.")


class NoEmbargo(Refusal):
    message = N_("It was signed without an embargo, so there is none to move.")


class Unmoved(Refusal):
    message = N_("It is held back until that time already.")


class OthersSigned(Refusal):
    message = N_("Others signed that it is held back until %(day)s, %(time)s in %(zone)s. Choose no earlier time.")


class TooLate(Refusal):
    message = N_("At most %(days)s days after the signature are possible. Choose an earlier time.")


class Begun(Refusal):
    message = N_("Its window is open and its release has begun, so the embargo can be moved no more.")


class Released(Refusal):
    message = N_(
        "It was released meanwhile, so the embargo can be moved no more. A mistake is put right by a correction."
    )


class Typed(NamedTuple):
    """A day and a time by the clocks of a zone; neither of them is no embargo."""

    day: date | None
    at: time | None
    zone: str


def until(typed: Typed, now: datetime) -> datetime | None:
    """The instant that was typed; None where nothing was. Raises Half, Passed, TooFar, Skipped, Repeated."""
    if typed.day is None and typed.at is None:
        return None
    if typed.day is None or typed.at is None:
        raise Half
    today = now.astimezone(UTC).date()
    if typed.day > today + LONGEST + 2 * _DAY:  # far from the ends of the calendar, beyond which no clock shows it
        raise TooFar(days=LONGEST.days)
    if typed.day < today - 2 * _DAY:
        raise _passed(typed)
    found = localtime.instant(typed.day, typed.at, typed.zone)
    if found <= now:
        raise _passed(typed)
    if found > now + LONGEST:
        raise TooFar(days=LONGEST.days)
    return found


class Signed(NamedTuple):
    """The embargo as it was signed, when, and whether one company alone signed it and no intermediary."""

    until: datetime
    at: datetime
    alone: bool


def moved(typed: Typed, signed: Signed, in_force: datetime, now: datetime) -> datetime:
    """The instant to which an embargo is moved: by one company alone also to an earlier one.

    Raises Missing, Unmoved, OthersSigned, TooLate and what ``until`` raises.
    """
    found = until(typed, now)
    if found is None:
        raise Missing
    if found == in_force:
        raise Unmoved
    if found < signed.until and not signed.alone:
        local = localtime.local(signed.until, typed.zone)
        raise OthersSigned(day=local.date(), time=f"{local:%H:%M}", zone=typed.zone)
    if found > signed.at + LONGEST:
        raise TooLate(days=LONGEST.days)
    return found


def _passed(typed: Typed) -> Passed:
    return Passed(day=typed.day, time=f"{typed.at:%H:%M}", zone=typed.zone)


def typed_of(not_before: datetime | None, zone: str | None) -> dict:
    """What a form shows of an embargo."""
    if not_before is None:
        return {}
    local = localtime.local(not_before, zone)
    return {"not_before_on": local.date(), "not_before_at": local.time(), "not_before_zone": zone}

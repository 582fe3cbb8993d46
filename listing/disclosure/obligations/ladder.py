"""What lateness leads to: which steps are reached, which of them wait for a person, and what holds because of them.

Pure. The days and steps are data of the standard. The reminder and the public mark come by themselves with the day; the
costly steps are proposed by it and taken by people, the heavier two by two of them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from listing.access.actor import Actor
from listing.accounts.rules import is_supervisor
from listing.disclosure.standards import Rung, Standard
from listing.refusal import N_, Refusal

from .owing import Held
from .rules import MET as FILED
from .rules import Line

REMINDER, PUBLIC_MARK, OFF_ROADSHOW, TIER_DOWN, REMOVAL = (
    ("reminder", "public_mark") + ("off_roadshow", "tier_down", "removal")
)  # fmt: skip
COSTLY = (OFF_ROADSHOW, TIER_DOWN, REMOVAL)
BY_TWO = frozenset({TIER_DOWN, REMOVAL})
WAITS, TAKEN, DECLINED = "waits", "taken", "declined"
MET, WAIVED, LEFT, GONE = LIFTED_FOR = ("met", "waived", "left", "gone")  # why a public mark was lifted
REMIND_BEFORE = (30, 7, 1, 0)  # days


class NotReached(Refusal):
    message = N_("This step does not wait for a decision any more. Load the page again.")


class SecondPerson(Refusal):
    message = N_("You decided this first; a second person has to answer.")


class SupervisorOnly(Refusal):
    message = N_("Only a supervisor takes a company off display.")


class Step(NamedTuple):
    """A step of the ladder that one late obligation has reached."""

    line: Line
    rung: Rung

    @property
    def place(self) -> tuple[str, str, date]:
        """What decisions about it are kept under: obligation, step, and the day that was missed."""
        return self.line.owed.key, self.rung.step, self.line.by


def lower(standard: Standard, tier: str) -> str | None:
    """The tier below, if there is one; a standard names its tiers upwards."""
    order = list(standard.tiers)
    place = order.index(tier)
    return order[place - 1] if place else None


def costly(lines: Iterable[Line], held: Held | None) -> list[Step]:
    """The costly steps that late obligations have reached, the longest late first.

    A tier down follows only from what the present tier asked for, so that a company is not put down twice for one
    day, and only where there is a lower one.
    """
    steps = [Step(line, rung) for line in lines for rung in line.rungs if rung.step in COSTLY]
    found = [step for step in steps if step.rung.step != TIER_DOWN or _may_go_down(step.line, held)]
    return sorted(found, key=lambda step: (-step.line.late, COSTLY.index(step.rung.step), step.line.owed.key))


def _may_go_down(line: Line, held: Held | None) -> bool:
    if held is None:
        return False
    owed = line.owed.held
    return (owed.tier, owed.taken) == (held.tier, held.taken) and lower(line.owed.standard, held.tier) is not None


def marked(lines: Iterable[Line]) -> list[Line]:
    """What is late enough for the mark on the public page."""
    return [line for line in lines if any(rung.step == PUBLIC_MARK for rung in line.rungs)]


def lifted_for(by: date, line: Line | None, marked: Iterable[Line], in_tier: bool) -> str | None:
    """Why the mark of an obligation that was to be met by a day does not stand any more; None while it does.

    ``line`` is the obligation as it stands now, ``marked`` what is late enough.
    """
    if line is None:
        return GONE
    if line.state == FILED:
        return MET
    if line.by != by:
        return WAIVED
    if not in_tier:
        return LEFT
    return None if line in marked else GONE


def is_held_back(lines: Iterable[Line], verdicts: Mapping[tuple[str, str, date], str]) -> bool:
    """Whether a step that keeps the company off roadshows was taken for something that is late still."""
    return any(line.late and verdicts.get((line.owed.key, OFF_ROADSHOW, line.by)) == TAKEN for line in lines)


def check_second(step: str, first_by: int, actor: Actor) -> None:
    """Raise SecondPerson or SupervisorOnly for who may not confirm what somebody decided first."""
    if actor.user_id == first_by:
        raise SecondPerson
    if step == REMOVAL and not is_supervisor(actor, None):
        raise SupervisorOnly


def reminder(line: Line, today: date) -> int | None:
    """Which reminder holds on a day: days before its day, -1 once it is late; none before the first.

    None either for a day that lay before the obligation came up; whoever starts late sends the one that holds.
    """
    if line.late:
        return -1 if any(rung.step == REMINDER for rung in line.rungs) else None
    reached = [
        days for days in REMIND_BEFORE if (line.by - today).days <= days and (line.by - line.owed.base).days >= days
    ]
    return min(reached, default=None)

"""Under which version of the standard a tier is held on which day. Pure.

A tier is taken in one version. When another takes effect, it is held under that from its day on: what ends or happens
before answers to the version before.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from listing.disclosure.standards import Standard


class Held(NamedTuple):
    """A tier under one version; ``ends`` is the first day on which it holds no more.

    ``since`` is the day on which the tier was taken, where that was under an earlier version.
    """

    tier: str
    version: str
    year_end: int
    begins: date
    ends: date | None
    since: date | None = None

    @property
    def name(self) -> str:
        """The tier and version as a standard is named: growth@2026."""
        return f"{self.tier}@{self.version}"

    @property
    def taken(self) -> date:
        """The day on which the tier was taken."""
        return self.since or self.begins

    def holds(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.begins <= day and (self.ends is None or day < self.ends)


def through(held: Held, published: Iterable[Standard]) -> list[Held]:
    """A tier as it was taken, version by version; ``published`` are all of them in their order."""
    found = [held]
    order = list(published)
    taken = next(place for place, one in enumerate(order) if one.version == held.version)
    for standard in order[taken + 1 :]:
        begins = max(standard.effective_from, held.begins)
        if held.ends is not None and begins >= held.ends:
            break
        last = found.pop()
        if last.begins < begins:
            found.append(last._replace(ends=begins))
        since = held.begins if begins > held.begins else None
        found.append(held._replace(version=standard.version, begins=begins, since=since))
    return found


def on(pieces: Sequence[Held], day: date) -> Held | None:
    """What a company held on a day; before it took its first tier that one, after it left the last none."""
    if not pieces:
        return None
    return pieces[0] if day < pieces[0].begins else next((one for one in pieces if one.holds(day)), None)

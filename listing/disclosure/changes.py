"""What another version of the standard asks otherwise than the one before it, tier by tier. Pure.

Names, sources and whether a source was seen say nothing of what a company has to do, and are left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from .standards import Duty, Item, Occasion, Standard

ADDED, REMOVED, CHANGED = KINDS = ("added", "removed", "changed")
DUE, FREQUENCY, NEED, VISIBILITY, KIND = ("deadline", "frequency", "need", "visibility", "kind")
SIGN_OFF, LADDER, EVENTS = ("sign_off", "ladder", "events")
MAJOR = "D21"  # the item that the codes of major events belong to


class Difference(NamedTuple):
    """One thing that is asked otherwise, as it stands in either version; of events only what came and what went."""

    what: str
    before: tuple
    after: tuple


class Change(NamedTuple):
    """What changes for one tier: of an item, or, without one, of the tier as a whole.

    ``occasions`` are those of the new version that make something due otherwise than before.
    """

    kind: str
    item: Item | None
    tier: str
    differences: tuple[Difference, ...] = ()
    occasions: tuple[Occasion, ...] = ()

    @property
    def need(self) -> str:
        """Whether the tier needs the item under the new version; empty without one."""
        duty = self.item.tiers.get(self.tier) if self.item else None
        return duty.need if duty else ""


def between(before: Standard, after: Standard) -> list[Change]:
    """Every change, by item in the order of the new version, then what went, then what concerns a tier as a whole."""
    was = {item.id: item for item in before.items}
    now = {item.id: item for item in after.items}
    order = [*now, *(key for key in was if key not in now)]
    found = [change for key in order for change in _of_item(was.get(key), now.get(key), after)]
    return found + [change for tier in after.tiers for change in _of_tier(before, after, tier)]


def _of_item(was: Item | None, now: Item | None, after: Standard) -> Iterator[Change]:
    for tier in after.tiers:
        old, new = (item.tiers.get(tier) if item else None for item in (was, now))
        if old is None and new is not None:
            yield Change(ADDED, now, tier, occasions=new.when)
        elif new is None and old is not None:
            yield Change(REMOVED, was, tier)
        elif old is not None and new is not None:
            found = tuple(_differences(was, now, old, new))
            if found:
                yield Change(CHANGED, now, tier, found, _otherwise(old, new))


def _differences(was: Item, now: Item, old: Duty, new: Duty) -> Iterator[Difference]:
    if old.when != new.when:
        same = {one.every for one in old.when} == {one.every for one in new.when}
        yield Difference(DUE if same else FREQUENCY, old.when, new.when)
    if old.need != new.need:
        yield Difference(NEED, (old.need,), (new.need,))
    if was.visibility != now.visibility:
        yield Difference(VISIBILITY, (was.visibility,), (now.visibility,))
    if was.kinds != now.kinds:
        yield Difference(KIND, was.kinds, now.kinds)


def _otherwise(old: Duty, new: Duty) -> tuple[Occasion, ...]:
    """The occasions that are new; where none is, all of them are met otherwise."""
    return tuple(one for one in new.when if one not in old.when) or new.when


def _of_tier(before: Standard, after: Standard, tier: str) -> Iterator[Change]:
    if tier not in before.tiers:
        return
    old, new = before.sign_off[tier], after.sign_off[tier]
    if old != new:
        yield Change(CHANGED, None, tier, (Difference(SIGN_OFF, old, new),))
    if before.ladder != after.ladder:
        yield Change(CHANGED, None, tier, (Difference(LADDER, before.ladder, after.ladder),))
    if before.events.keys() != after.events.keys() and any(item.id == MAJOR for item in after.of_tier(tier)):
        gone, came = (
            tuple(label for key, label in one.events.items() if key not in other.events)
            for one, other in ((before, after), (after, before))
        )
        yield Change(CHANGED, None, tier, (Difference(EVENTS, gone, came),))

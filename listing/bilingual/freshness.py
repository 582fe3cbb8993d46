"""Whether the two sides of a pair still say the same: what is remembered of them, and the state that follows.

Decides when a side is behind the other. The memory holds digests, never texts: the pair in which the two sides were
last written or read against each other (``Met``), and which text came from a program. A state is computed from the
texts as they are now, so no way of changing a text, through here or past it, can show ``complete`` or ``confirmed``
for texts that nobody held against each other; and a text put back as it was is what it was. Blanks, line breaks
and Unicode forms are formatting and count for nothing.

Says nothing of what the texts say: that is ``agreement``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from listing.bilingual.pair import Pair
from listing.refusal import N_, Refusal

MISSING, DRAFT, NEEDS_UPDATE, COMPLETE, CONFIRMED = "missing", "draft", "needs update", "complete", "confirmed"
STATES = (MISSING, DRAFT, NEEDS_UPDATE, COMPLETE, CONFIRMED)

# Reasons, one or more to a state.
UNWRITTEN, ORPHAN = "unwritten", "orphan"  # missing: never written; emptied after the two had met
UNFINISHED, MACHINE, UNMET = "unfinished", "machine", "unmet"  # draft
OTHER_CHANGED, BOTH_CHANGED = "other changed", "both changed"  # needs update
WRITTEN, READ = "written", "read"  # complete; confirmed

CONVERTED, TRANSLATED = "converted", "translated"  # by a program: from the other script; from the other language
SIDES = ("zh", "en")
BOTH = frozenset(SIDES)

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")
_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003fffd"
_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")


class NotComplete(Refusal):
    """One side holds no text."""

    message = N_("One of the two texts is missing, so there is nothing to confirm yet.")


class MachineTextUnread(Refusal):
    """A side is as a program made it, and nobody has said that it was read."""

    message = N_("A program made one of the two texts and nobody has changed it since. Tick that you have read it.")


def digest(text: str) -> str:
    """Return the digest of a text without its formatting; equal for every way to write the same characters."""
    plain = _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    return hashlib.sha256(_BESIDE_HAN.sub("", plain).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Met(NamedTuple):
    """The digests of two texts held against each other, when, by whom, and whether somebody ticked that they match."""

    zh: str
    en: str
    at: datetime
    by: str
    read: bool = False


class Made(NamedTuple):
    """A text that a program made: which, and how (``converted`` or ``translated``)."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is remembered of a pair beside its texts; goes into a JSON column and back without loss."""

    met: Met | None = None
    made_zh: Made | None = None
    made_en: Made | None = None
    changed_zh: datetime | None = None
    changed_en: datetime | None = None
    unfinished: datetime | None = None

    def made(self, pair: Pair, side: str) -> str | None:
        """Return how a program made the text of a side as it stands, or None where a person wrote or edited it."""
        mark = self.made_zh if side == "zh" else self.made_en
        return mark.how if mark and mark.text == digest(getattr(pair, side)) else None

    def as_json(self) -> dict[str, object]:
        """Return plain values for a JSON column; instants as ISO 8601."""
        return {
            "met": [*self.met[:2], self.met.at.isoformat(), *self.met[3:]] if self.met else None,
            "made_zh": list(self.made_zh) if self.made_zh else None,
            "made_en": list(self.made_en) if self.made_en else None,
            "changed_zh": self.changed_zh.isoformat() if self.changed_zh else None,
            "changed_en": self.changed_en.isoformat() if self.changed_en else None,
            "unfinished": self.unfinished.isoformat() if self.unfinished else None,
        }

    @classmethod
    def from_json(cls, kept: Mapping | None) -> "Freshness":
        """Return the memory kept in a JSON column; an empty one remembers nothing, so the pair is a draft."""
        if not kept:
            return cls()
        met = kept["met"]
        return cls(
            met=Met(*met[:2], datetime.fromisoformat(met[2]), *met[3:]) if met else None,
            made_zh=Made(*kept["made_zh"]) if kept["made_zh"] else None,
            made_en=Made(*kept["made_en"]) if kept["made_en"] else None,
            changed_zh=datetime.fromisoformat(kept["changed_zh"]) if kept["changed_zh"] else None,
            changed_en=datetime.fromisoformat(kept["changed_en"]) if kept["changed_en"] else None,
            unfinished=datetime.fromisoformat(kept["unfinished"]) if kept["unfinished"] else None,
        )


class State(NamedTuple):
    """A state with its reason; ``sides``: those that need work, ``at`` and ``by``: what brought the state about."""

    name: str
    reason: str
    sides: tuple[str, ...] = ()
    at: datetime | None = None
    by: str | None = None


def behind(pair: Pair, fresh: Freshness) -> frozenset[str]:
    """Return the sides that need work: missing, or written before the other one changed. Both, where they never met."""
    if pair.missing:
        return frozenset(pair.missing)
    if fresh.met is None:
        return BOTH
    differ = {"en": digest(pair.zh) != fresh.met.zh, "zh": digest(pair.en) != fresh.met.en}
    return frozenset(side for side, other_changed in differ.items() if other_changed)


def _changed(before: Pair, after: Pair) -> frozenset[str]:
    return frozenset(side for side in SIDES if digest(getattr(before, side)) != digest(getattr(after, side)))


def saved(
    before: Pair,
    after: Pair,
    fresh: Freshness,
    *,
    by: str,
    now: datetime,
    made: Mapping[str, str] | None = None,
    unfinished: bool = False,
) -> Freshness:
    """Return the memory after a save, by ``by`` (a label that may be shown).

    The sides meet when every side that was behind was written in this save, or both were. ``made`` names the sides
    whose text a program made, and how; ``unfinished`` keeps the pair a draft until it is saved without.
    """
    changed = _changed(before, after)
    late = behind(before, fresh) or BOTH
    met = Met(digest(after.zh), digest(after.en), now, by) if after.complete and changed and changed >= late else None
    marks = {s: Made(digest(getattr(after, s)), how) for s, how in (made or {}).items() if s in changed}
    return replace(
        fresh,
        met=met or fresh.met,
        made_zh=marks.get("zh", fresh.made_zh),
        made_en=marks.get("en", fresh.made_en),
        changed_zh=now if "zh" in changed else fresh.changed_zh,
        changed_en=now if "en" in changed else fresh.changed_en,
        unfinished=(fresh.unfinished or now) if unfinished else None,
    )


def confirmed(pair: Pair, fresh: Freshness, *, by: str, now: datetime, machine_read: bool = False) -> Freshness:
    """Return the memory after somebody ticked that the two sides match as they stand.

    Raises NotComplete where a side is missing, and MachineTextUnread where a side is as a program made it and
    ``machine_read`` does not say that it was read.
    """
    if not pair.complete:
        raise NotComplete
    if not machine_read and any(fresh.made(pair, side) for side in SIDES):
        raise MachineTextUnread
    return replace(fresh, met=Met(digest(pair.zh), digest(pair.en), now, by, True), unfinished=None)


def together(pair: Pair, *, by: str, now: datetime) -> Freshness:
    """Return the memory of a pair whose sides arrive at once: from an import, or typed into an empty form."""
    return saved(Pair("", "", pair.script), pair, Freshness(), by=by, now=now)


def _last(fresh: Freshness) -> datetime | None:
    return max(filter(None, (fresh.changed_zh, fresh.changed_en)), default=None)


def _missing(pair: Pair, fresh: Freshness) -> State:
    if fresh.met and len(pair.missing) == 1:
        emptied = fresh.changed_zh if "zh" in pair.missing else fresh.changed_en
        return State(MISSING, ORPHAN, pair.missing, emptied)
    return State(MISSING, UNWRITTEN, pair.missing, _last(fresh))


def _late(late: frozenset[str], fresh: Freshness) -> State:
    if len(late) == 2:
        return State(NEEDS_UPDATE, BOTH_CHANGED, SIDES, _last(fresh))
    moved = fresh.changed_zh if "en" in late else fresh.changed_en
    return State(NEEDS_UPDATE, OTHER_CHANGED, tuple(late), moved)


def _unread(pair: Pair, fresh: Freshness) -> tuple[str, ...]:
    return () if fresh.met and fresh.met.read else tuple(side for side in SIDES if fresh.made(pair, side))


def state(pair: Pair, fresh: Freshness) -> State:
    """Return the state of a pair: what is missing first, then what is late, then what nobody has vouched for."""
    late = behind(pair, fresh)
    if pair.missing:
        return _missing(pair, fresh)
    if fresh.met is None:
        return State(DRAFT, UNMET, SIDES, _last(fresh))
    if late:
        return _late(late, fresh)
    if fresh.unfinished:
        return State(DRAFT, UNFINISHED, (), fresh.unfinished)
    unread = _unread(pair, fresh)
    if unread:
        return State(DRAFT, MACHINE, unread, fresh.met.at, fresh.met.by)
    if fresh.met.read:
        return State(CONFIRMED, READ, (), fresh.met.at, fresh.met.by)
    return State(COMPLETE, WRITTEN, (), fresh.met.at, fresh.met.by)


def orphans(passages: Iterable[tuple[str, Pair, Freshness]]) -> tuple[str, ...]:
    """Return the keys of the passages of which one side was emptied after the two had met, in order."""
    return tuple(key for key, pair, fresh in passages if state(pair, fresh).reason == ORPHAN)

"""A Chinese text in its other script: converted by a program until a person edits it.

Decides when the conversion is made anew and when it is left alone. A converted text is marked and follows its source.
An edited one is never overwritten: when its source changes it turns stale, until it is edited again, read against the
source, or given up for a new conversion.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from listing.bilingual import script as scripts
from listing.bilingual.freshness import digest


@dataclass(frozen=True, slots=True)
class Derived:
    """The text in ``script`` (Hans or Hant), the digest of the source it stands for, and whether a person edited it."""

    text: str
    script: str
    source: str
    edited: bool = False

    def is_stale(self, source: str) -> bool:
        """Whether a person's text stands beside a source that has changed since."""
        return self.edited and self.source != digest(source)


def derive(source: str, script: str, keep: Iterable[str] = ()) -> Derived:
    """Convert a text into ``script``; what ``keep`` names is not touched."""
    converted = scripts.to_hant(source, keep) if script == "Hant" else scripts.to_mainland(source, keep)
    return Derived(converted, script, digest(source))


def edit(derived: Derived, text: str, source: str) -> Derived:
    """Take over what a person wrote beside ``source``; an unchanged conversion stays one."""
    if text == derived.text and not derived.edited:
        return derived
    return replace(derived, text=text, source=digest(source), edited=True)


def confirm(derived: Derived, source: str) -> Derived:
    """Note that a person read the text against ``source`` as it is now, and that it still says the same."""
    return replace(derived, source=digest(source), edited=True)


def follow(derived: Derived, source: str, keep: Iterable[str] = ()) -> Derived:
    """Bring a conversion up to a changed source; a person's text is returned as it is."""
    return derived if derived.edited else derive(source, derived.script, keep)

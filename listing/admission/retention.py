"""How long the papers of applications are kept, which are past that, and their destruction.

The classes stand in retention.yaml. What a paper's class is follows from what became of its application, looked up when
it is asked for, so that nothing has to be kept in step. A legal hold keeps a paper whatever its class says.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources

import yaml

from listing import calendars
from listing.access.actor import SYSTEM
from listing.evidence import queries as vault
from listing.evidence.operations import ending
from listing.rulebook.spans import Span
from listing.store.db import db

from . import queries, rules
from .models import Admission, Application
from .papers import KIND

DRAFT, WITHDRAWN, REFUSED, ADMITTED, OPEN = "draft", "withdrawn", "refused", "admitted", "open"
BATCH = 500
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper and its class: until which day it is kept, None while what that counts from has not happened."""

    file: vault.Evidence
    kind: str
    until: date | None
    source: str

    @property
    def held(self) -> bool:
        """Whether a legal hold keeps it."""
        return self.file.held_since is not None

    def is_over(self, on: date) -> bool:
        """Whether nothing keeps it any more on that day."""
        return not self.held and self.until is not None and self.until < on


@cache
def classes() -> Mapping[str, Mapping]:
    """The classes as declared."""
    text = resources.files(__package__).joinpath("retention.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


def kept(*, after: int = 0) -> list[Kept]:
    """The class of each paper that is there, in the order in which they came, BATCH at most, after that id.

    As many statements for one paper as for a whole batch.
    """
    files = vault.of_kind(KIND, after=after, most=BATCH)
    became = _became({int(file.case_id) for file in files})
    return [_of(file, became.get(int(file.case_id))) for file in files]


def run(*, now: datetime) -> int:
    """Destroy every paper whose time is over; return how many. Running it again destroys nothing more."""
    on, gone, last = now.astimezone(calendars.ZONES["HK"]).date(), 0, 0
    while found := kept(after=last):
        last = found[-1].file.id  # a commit empties what was loaded
        for one in found:
            if one.is_over(on):
                ending.destroy(file=one.file, why=f"retention_{one.kind}", actor=SYSTEM, now=now)
                gone += 1
        db.session.commit()
    return gone


@dataclass(frozen=True, slots=True)
class _Became:
    """What became of an application: where its institution lives, and the last admission that institution held."""

    application: Application
    residence: str
    held: Admission | None

    @property
    def ended(self) -> datetime | None:
        """When the last admission ended; None while one is held, which may rest on older papers too."""
        if self.held is None:
            return self.application.state_at
        if self.held.state in (rules.REVOKED, rules.REPLACED):
            return self.held.state_at
        return self.held.until


def _became(ids: Collection[int]) -> dict[int, _Became]:
    rows = queries.applications(ids)
    pages = queries.page_of_each(ids, "institution")
    held = queries.last_admissions({row.organisation_id for row in rows})
    return {
        row.id: _Became(row, pages.get(row.id, {}).get("residence", "other"), held.get(row.organisation_id))
        for row in rows
    }


def _of(file: vault.Evidence, became: _Became | None) -> Kept:
    if became is None:
        return Kept(file, DRAFT, _end(classes()[DRAFT], file.kept_at), classes()[DRAFT]["source"])
    return Kept(file, *_class(became))


def _class(became: _Became) -> tuple[str, date | None, str]:
    """The class of the papers of an application, its end, and the source of that."""
    state = became.application.state
    if state in rules.OPEN:
        return OPEN, None, ""
    if state in (rules.WITHDRAWN, rules.REFUSED):
        declared, begins = classes()[state], became.application.state_at
    else:
        state, by_place, begins = ADMITTED, classes()[ADMITTED], became.ended
        declared = by_place.get(became.residence, by_place["other"])
    return state, _end(declared, begins), declared["source"]


def _end(declared: Mapping, begins: datetime | None) -> date | None:
    day = begins.astimezone(calendars.ZONES["HK"]).date() if begins else None
    return Span(months=12 * declared["years"]).end(day) if day else None


def kept_until(organisations: Collection[int]) -> date | None:
    """The last day on which papers of these institutions are kept; None where there are none, or one is still open."""
    found = _became({row.id for row in queries.of_organisations(organisations)})
    ends = [_class(became)[1] for became in found.values()]
    return max(ends) if ends and None not in ends else None

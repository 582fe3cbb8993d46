"""How long the papers of applications are kept, which are past that, and their destruction.

The classes stand in retention.yaml. What a paper's class is follows from what became of its application, looked up when
it is asked for, so that nothing has to be kept in step. A legal hold keeps a paper whatever its class says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources

import yaml
from sqlalchemy import select

from listing.access.actor import SYSTEM
from listing.evidence.models import Evidence
from listing.evidence.operations import ending
from listing.rulebook.spans import Span
from listing.store.db import db

from . import queries, rules
from .models import Application
from .papers import KIND

DRAFT, WITHDRAWN, REFUSED, ADMITTED, OPEN = "draft", "withdrawn", "refused", "admitted", "open"
BATCH = 500
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper and its class: until which day it is kept, None while what that counts from has not happened."""

    file: Evidence
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
    """The class of each paper that is there, in the order in which they came, BATCH at most, after that id."""
    there = select(Evidence).where(Evidence.case_kind == KIND, Evidence.destroyed_at.is_(None), Evidence.id > after)
    files: Sequence[Evidence] = db.session.scalars(there.order_by(Evidence.id).limit(BATCH)).all()
    return [_of(file) for file in files]


def run(*, now: datetime) -> int:
    """Destroy every paper whose time is over; return how many. Running it again destroys nothing more."""
    on, gone, last = now.astimezone(rules.ZONES["HK"]).date(), 0, 0
    while found := kept(after=last):
        for one in found:
            if one.is_over(on):
                ending.destroy(file=one.file, why=f"retention_{one.kind}", actor=SYSTEM, now=now)
                gone += 1
        last = found[-1].file.id
        db.session.commit()
    return gone


def _of(file: Evidence) -> Kept:
    application = queries.application(int(file.case_id))
    if application is None:
        return _until(file, DRAFT, classes()[DRAFT], file.kept_at)
    if application.state in (rules.WITHDRAWN, rules.REFUSED):
        return _until(file, application.state, classes()[application.state], application.state_at)
    if application.state in rules.OPEN:
        return Kept(file, OPEN, None, "")
    by_place = classes()[ADMITTED]
    return _until(file, ADMITTED, by_place.get(_residence(application), by_place["other"]), _ended(application))


def _residence(application: Application) -> str:
    return queries.contents(application).get("institution", {}).get("residence", "other")


def _ended(application: Application) -> datetime | None:
    """When the institution's last admission ended; None while it holds one, which may rest on older papers too."""
    held = queries.last_admission(application.organisation_id)
    if held is None:
        return application.state_at
    if held.state in (rules.REVOKED, rules.REPLACED):
        return held.state_at
    return held.until


def _until(file: Evidence, kind: str, declared: Mapping, begins: datetime | None) -> Kept:
    day = begins.astimezone(rules.ZONES["HK"]).date() if begins else None
    end = Span(months=12 * declared["years"]).end(day) if day else None
    return Kept(file, kind, end, declared["source"])

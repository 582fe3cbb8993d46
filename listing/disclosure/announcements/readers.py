"""What somebody is shown of releases: the whole, or that there is one and who reads it.

What is shown to anybody comes from here and never from a row that was not asked about. Who belongs to the readers of a
class is decided in listing/policy.py; a page that forgets to ask for whom it is has nothing to leak, because what is
withheld has no words.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from listing.access.actor import Actor
from listing.access.gate import permits
from listing.access.permission import Permission
from listing.companies import rows as companies
from listing.store.db import db

from . import parties, queries, rules
from .models import Mandate, Release
from .visibility import PUBLIC


@dataclass(frozen=True, slots=True)
class Withheld:
    """What everybody knows of a release that not everybody reads; it has none of its words, figures or files."""

    id: int
    number: str
    company_id: int
    organisation_id: int
    category: str
    visibility: str
    released_at: datetime
    corrects_id: int | None
    first_id: int | None
    missed: datetime | None

    withheld: ClassVar[bool] = True


Shown = Release | Withheld
_KNOWN = ("id", "number", "company_id", "organisation_id", "category", "visibility", "released_at")
_KNOWN += ("corrects_id", "first_id", "missed")


def release(number: str, person: Actor) -> Shown | None:
    """The release of that number as a person sees it."""
    row = queries.release(number)
    return seen([row], person)[0] if row else None


def seen(rows: Iterable[Release], person: Actor) -> list[Shown]:
    """These releases in their order, each as a person sees it; in as many statements as for one."""
    several = list(rows)
    narrow = [row for row in several if row.visibility != PUBLIC]
    about = _subjects(narrow) if narrow and person.memberships else {}
    hidden = {row.id for row in narrow if not permits(Permission.ANNOUNCEMENT_READ, person, about.get(row.id))}
    return [_withheld(row) if row.id in hidden else row for row in several]


def _withheld(row: Release) -> Withheld:
    return Withheld(*(getattr(row, name) for name in _KNOWN))


def _subjects(rows: Collection[Release]) -> dict[int, rules.Subject]:
    """Whose releases these are: the companies behind each, their agents of now, and the intermediaries that signed."""
    behind = parties.behind([row.id for row in rows])
    everybody = {each for ids in behind.values() for each in ids}
    owners = {company.id: company.organisation_id for company in companies.of_ids(everybody)}
    agents = _agents(everybody)
    return {
        row.id: rules.Subject(
            row.organisation_id,
            frozenset({one["agent"] for one in row.intermediaries} | agents.get(row.company_id, set())),
            invited=frozenset(owners[each] for each in behind[row.id] if owners.get(each)),
            sponsors=frozenset(agent for each in behind[row.id] for agent in agents.get(each, ())),
        )
        for row in rows
    }


def _agents(company_ids: Collection[int]) -> dict[int, set[int]]:
    """By company, the agents that prepare its announcements now."""
    asked = select(Mandate.company_id, Mandate.agent_id).where(Mandate.company_id.in_(company_ids), Mandate.live)
    found: dict[int, set[int]] = {}
    for company_id, agent_id in db.session.execute(asked):
        found.setdefault(company_id, set()).add(agent_id)
    return found

"""What the platform reads before its release: the work list, how long each has waited, and who may not read it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from listing import turnaround
from listing.access.actor import Actor
from listing.companies import rows as companies
from listing.refusal import Refusal
from listing.reviewing import queries as reviewers
from listing.store.db import db

from . import parties, queries, rules
from .categories import review
from .models import Announcement

SHOWN = 100


class Line(NamedTuple):
    """One line of the work list; ``apart`` is whether the person who looks has no part in it."""

    row: Announcement
    company: object
    clock: turnaround.Clock
    apart: bool


def count() -> int:
    """How many announcements wait for the platform."""
    return db.session.scalar(select(func.count()).where(Announcement.state == rules.REVIEW))


def lines(actor: Actor, now: datetime) -> list[Line]:
    """What waits, the longest first, as ``actor`` stands to it."""
    waiting = select(Announcement).where(Announcement.state == rules.REVIEW)
    rows = list(db.session.scalars(waiting.order_by(Announcement.state_at, Announcement.id).limit(SHOWN)))
    named = {company.id: company for company in companies.of_ids([row.company_id for row in rows])}
    return [_line(row, named[row.company_id], actor, now) for row in rows]


def _line(row: Announcement, company, actor: Actor, now: datetime) -> Line:
    age = {"sent_at": row.state_at, "now": now, "domicile": company.domicile, "limit": review().within}
    return Line(row, company, turnaround.clock(**age), is_apart(row, actor))


def is_apart(row: Announcement, actor: Actor) -> bool:
    """Whether a person has no part in what she would read."""
    try:
        look_apart(row, actor)
    except Refusal:
        return False
    return True


def _behind(place: parties.Place) -> set[int]:
    return {place.organisation_id, *queries.ever_mandated(place.company_id)}


def look_apart(row: Announcement, actor: Actor) -> None:
    """Look that a reviewer has no part in it: not in the company or its agents, nor in the texts. Raises HasPart."""
    places = parties.places(row)
    behind = {organisation for place in places for organisation in _behind(place)}
    people = {*row.writers, row.checked_by, *parties.signatories(row)}
    in_conflict = reviewers.in_conflict(actor.user_id, behind)
    rules.may_read_for_the_platform(actor, organisations=behind, people=people, in_conflict=in_conflict)

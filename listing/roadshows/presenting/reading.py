"""Which files of companies a reader may have, and how many more there are. Changes nothing.

The organizer and the company have every version; everybody else those that stand, of a company that still presents, at
a roadshow that everybody sees. Decided here for the page and for the download alike.
"""

from collections.abc import Collection
from typing import NamedTuple

from listing.access.actor import Actor, Tier
from listing.companies import queries as companies
from listing.files import queries as stored
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.models import Roadshow

from . import queries, rules
from .models import Material


class Brought(NamedTuple):
    """The files of a session that a reader may have, each with its upload, and how many are for others."""

    rows: list[tuple]
    hidden: int


def of_roadshow(show: Roadshow, actor: Actor, placed: Collection[int]) -> dict[int, Brought]:
    """The files of a roadshow by session; ``placed`` are the days on which the reader has a confirmed place."""
    if show.state not in (shows.PUBLISHED, shows.ARCHIVED):
        return {}
    standing = queries.current([session for day in show.days for session in day.shown])
    files = stored.several([row.file_id for rows in standing.values() for row in rows])
    organizes = actor.membership(show.organisation_id) is not None
    found = {}
    for number, rows in standing.items():
        own = [row for row in rows if organizes or _opens(row, actor, row.session.day_id in placed)]
        found[number] = Brought([(row, files[row.file_id]) for row in own], len(rows) - len(own))
    return found


def may_have(row: Material, actor: Actor) -> bool:
    """Whether the reader may download a file."""
    return _is_concerned(row, actor) or (_stands(row) and _opens(row, actor, _has_place(row, actor)))


def _is_concerned(row: Material, actor: Actor) -> bool:
    sides = (row.session.day.roadshow.organisation_id, companies.by_id(row.company_id).organisation_id)
    return any(number and actor.membership(number) for number in sides)


def _stands(row: Material) -> bool:
    shown = row.session.day.roadshow.state in (shows.PUBLISHED, shows.ARCHIVED)
    return shown and row.ended_at is None and row.company_id == row.session.company_id


def _opens(row: Material, actor: Actor, has_place: bool) -> bool:
    return rules.may_have(row.visibility, tier=actor.tier, has_place=has_place)


def _has_place(row: Material, actor: Actor) -> bool:
    if actor.tier < Tier.ADMITTED:
        return False
    found = roadshows.registration(row.session.day_id, actor.user_id)
    return found is not None and found.state == shows.CONFIRMED

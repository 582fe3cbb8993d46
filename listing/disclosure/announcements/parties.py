"""The companies of an announcement and of a release: who was invited, who signed, and who stands behind what.

A company that left is shown in the draft's history only; it stands behind nothing.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from listing.access.actor import Actor
from listing.companies import rows as companies
from listing.companies.rules import DISPLAYED
from listing.disclosure.standards import INTERMEDIARY
from listing.disclosure.tenures import queries as tenures
from listing.store.db import db

from . import queries, rules
from .models import Announcement, Announcer, Mandate, Party

RECENT = 200


class Place(NamedTuple):
    """One company of an announcement; ``row`` keeps its signatures: the announcement itself, or the party."""

    company_id: int
    organisation_id: int
    row: Announcement | Party


def invited(announcement_id: int) -> list[Party]:
    """The further companies that take part, in the order in which they were invited; read anew."""
    asked = select(Party).where(Party.announcement_id == announcement_id, Party.left_at.is_(None))
    return list(db.session.scalars(asked.order_by(Party.id).execution_options(populate_existing=True)))


def party(announcement_id: int, company_id: int) -> Party | None:
    """What is kept of a further company, even if it left."""
    asked = select(Party).where(Party.announcement_id == announcement_id, Party.company_id == company_id)
    return db.session.scalar(asked)


def left(announcement_id: int) -> list[Party]:
    """The companies that declined or withdrew."""
    asked = select(Party).where(Party.announcement_id == announcement_id, Party.left_at.is_not(None))
    return list(db.session.scalars(asked.order_by(Party.left_at, Party.id)))


def places(row: Announcement) -> list[Place]:
    """Every company of an announcement, the one that prepares it first."""
    return [
        Place(each.company_id, each.organisation_id, each)
        for each in (row, *(invited(row.id) if row.id is not None else ()))
    ]


def company_ids(row: Announcement) -> list[int]:
    """The companies of an announcement, the one that prepares it first."""
    return [place.company_id for place in places(row)]


def companies_of(row: Announcement) -> list:
    """The companies of an announcement, the one that prepares it first."""
    return in_order(company_ids(row))


def in_order(ids: Collection[int]) -> list:
    """These companies in this order."""
    known = {company.id: company for company in companies.of_ids(ids)}
    return [known[each] for each in ids]


def all_on_display(row: Announcement) -> bool:
    """Whether every company of an announcement is on display."""
    return all(company.status == DISPLAYED for company in companies_of(row))


def to_endorse(row: Announcement) -> list[Place]:
    """The companies for which an intermediary is asked and has not signed yet."""
    return [place for place in asking(row) if place.row.endorsed_at is None]


def asking(row: Announcement) -> list[Place]:
    """The companies whose tier asks for an intermediary, and the one that chose one of its own accord."""
    return [place for place in places(row) if chosen(place) or INTERMEDIARY in signatures(row, place.company_id)]


def signatures(row: Announcement, company_id: int) -> tuple[str, ...]:
    """Which signatures a company's tier asks for, under the version of the day on which it was last written on."""
    return tenures.signatures(company_id, row.saved_at.astimezone(queries.ZONE).date())


def chosen(place: Place) -> int | None:
    """The intermediary that a company chose for this announcement; only the one that prepares it can."""
    return getattr(place.row, "intermediary_id", None)


def open_of(company_id: int, *, held: bool = False) -> list[Announcement]:
    """What a company writes or takes part in, up to its intermediary; ``held``, until the transaction ends."""
    shared = select(Party.announcement_id).where(Party.company_id == company_id, Party.left_at.is_(None))
    own = (Announcement.company_id == company_id) | Announcement.id.in_(shared)
    asked = select(Announcement).where(own, Announcement.state.in_((rules.DRAFT, rules.SENT, rules.SPONSOR)))
    asked = asked.order_by(Announcement.id).execution_options(populate_existing=True)
    db.session.flush()
    return list(db.session.scalars(asked.with_for_update() if held else asked))


def agents_for(place: Place, *, held: bool = False) -> list[int]:
    """The agents of which one signs for a company as its intermediary: the one it chose, else any that it has named.

    ``held``, their mandates are kept until the transaction ends.
    """
    live = select(Mandate.agent_id).where(Mandate.company_id == place.company_id, Mandate.live).order_by(Mandate.id)
    found = db.session.scalars(live.with_for_update() if held else live)
    return [agent for agent in found if chosen(place) in (None, agent)]


def asked_as_intermediary(row: Announcement, actor: Actor) -> bool:
    """Whether an announcement waits for a person's signature as the intermediary."""
    return any(rules.agencies(actor, agents_for(place)) for place in to_endorse(row))


def signatories(row: Announcement) -> list[int]:
    """Who signed it for its companies or their intermediaries, as far as they have accounts."""
    signed = [person for place in places(row) for person in (place.row.signed_by, place.row.endorsed_by)]
    return [person for person in signed if person]


def subject(row: Announcement) -> rules.Subject:
    """Whose announcement it is, who takes part, and which agents prepare or sign it."""
    others = invited(row.id)
    about = queries.about(company_id=row.company_id, organisation_id=row.organisation_id)
    return about._replace(
        invited=frozenset(each.organisation_id for each in others),
        sponsors=frozenset(agents_of([each.company_id for each in others])),
    )


def agents_of(company_ids: Collection[int]) -> set[int]:
    """The agents that prepare announcements for any of these companies."""
    asked = select(Mandate.agent_id).where(Mandate.company_id.in_(company_ids), Mandate.live)
    return set(db.session.scalars(asked)) if company_ids else set()


def lately() -> set[int]:
    """The companies of the last RECENT releases, for a list to choose from."""
    newest = select(Announcer.company_id).order_by(Announcer.release_id.desc(), Announcer.place).limit(RECENT)
    return set(db.session.scalars(newest))


def behind(release_ids: Collection[int]) -> dict[int, list[int]]:
    """By release, the companies that announced it, the one that prepared it first."""
    asked = select(Announcer.release_id, Announcer.company_id).where(Announcer.release_id.in_(release_ids))
    found: dict[int, list[int]] = {each: [] for each in release_ids}
    for release_id, company_id in db.session.execute(asked.order_by(Announcer.place, Announcer.company_id)):
        found[release_id].append(company_id)
    return found

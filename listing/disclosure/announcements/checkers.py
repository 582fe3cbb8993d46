"""Who prepared, translated and checked an announcement, whether a checker is asked for, and what was done to it.

The rules of that are in ``roles``. People of the platform are not named to a company.
"""

from typing import NamedTuple

from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.bilingual.freshness import Freshness
from listing.journal import queries as journal
from listing.store.db import db

from . import parties, roles
from .models import Announcement

SHOWN = 100


class Done(NamedTuple):
    """Something that was done to an announcement; ``by`` is empty for people of the platform."""

    code: str
    by: str
    at: object


def asked(row: Announcement) -> bool:
    """Whether somebody has to check it before it is signed; the words of a standard form nobody has translated."""
    if row.form:
        return False
    chain = {part for company_id in parties.company_ids(row) for part in parties.signatures(row, company_id)}
    return roles.asks_for_checker(chain, Freshness.from_json(row.fresh))


def translators(row: Announcement) -> list[int]:
    """The accounts that translated it."""
    return [] if row.form else roles.translators(row.hands, row.prevailing, row.writers)


def stands(row: Announcement, digest: str) -> bool:
    """Whether somebody who translated none of it confirmed it as it stands."""
    return row.checked_digest == digest and row.checked_by not in translators(row)


def names(row: Announcement) -> tuple[list[str], list[str]]:
    """Who prepared and who translated it, by name; who closed the account is left out."""
    translated = translators(row)
    prepared = list(row.writers) if row.hands is None or row.form else row.hands[row.prevailing]
    known = accounts.people({*prepared, *translated})
    return tuple([known[person].name for person in several if person in known] for several in (prepared, translated))


def history(row: Announcement) -> list[Done]:
    """What the log says of it before its release, oldest first."""
    found = db.session.scalars(journal.about("announcement_draft", row.id).limit(SHOWN)).all()
    operator = accounts.first_of_kind(people.OPERATOR)
    staff = {member.user_id for member in accounts.members(operator)} if operator else set()
    prefix = len("announcement.")
    return [
        Done(entry.code[prefix:], "" if entry.actor_id in staff else entry.actor_label, entry.at)
        for entry in reversed(found)
    ]


def record(row: Announcement) -> dict[str, object]:
    """Who did which part of it, and when, as the record of its release keeps the digest of it."""

    def done(part: str, kept) -> list:
        return [getattr(kept, f"{part}_by"), getattr(kept, f"{part}_at")]

    read = {part: done(part, row) for part in ("checked", "reviewed")}
    sealed = [
        {"company": place.company_id, **{part: done(part, place.row) for part in ("signed", "endorsed")}}
        for place in parties.places(row)
    ]
    return {"wrote": row.writers, "translated": translators(row), **read, "sealed": sealed}

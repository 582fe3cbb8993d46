"""A company of the demo market in a tier: what it owed is filed but for one thing that is late, and one falls due.

Takes the way of every enterprise, through the same operations; only the days lie back, so that something can be late.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib import resources

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.companies import rows
from listing.disclosure.obligations import queries, rules
from listing.disclosure.obligations.operations import filing, tiers

from .enterprises import EVIDENCE

COMPANY = "yanwei-medical"
IN_TIER, MISSED = timedelta(days=75), timedelta(days=45)
DAY = timedelta(days=1)
_WHERE = "演示市场虚构的文件。/ A document of the demo market, invented."


def tell(organisations: Mapping[str, int], *, team: Sequence[Actor], now: datetime) -> None:
    """Take the company into a tier some weeks ago; nothing where it is not among those loaded."""
    found = rows.of_organisations([organisations[COMPANY]]) if COMPANY in organisations else ()
    for company in found:
        members = accounts.members(accounts.organisation(company.organisation_id))
        owner = next(accounts.as_actor(member.user) for member in members if member.role == people.OWNER)
        who = {"company": company, "actor": owner}
        asked = tiers.apply(tier="growth", year_end=12, note=_WHERE, now=now - IN_TIER - DAY, **who)
        reason = "演示市场虚构的决定。/ A decision of the demo market, invented."
        told = {"request": asked, "company": company, "granted": True, "reason": reason}
        tiers.decide(**told, actor=team[0], now=now - IN_TIER)
        _happened(("change", "D10"), "", now - MISSED, who)
        _file(company, owner, now)
        _happened(("event", rules.MAJOR), "contract", now, who)


def _happened(what: tuple[str, str], code: str, then: datetime, who: dict) -> None:
    on_day = queries.calendar(who["company"], then).today
    filing.note_event(what=what, on_day=on_day, code=code, note=_WHERE, now=then, **who)


def _file(company, owner: Actor, now: datetime) -> None:
    """File what fell due until now, the changed certificate left out."""
    calendar = queries.calendar(company, now)
    content = resources.files(__package__).joinpath(EVIDENCE).read_bytes()
    for line in calendar.in_state(rules.LATE):
        if line.item.id != "D10":
            then = now - DAY * (line.late + 1)
            dated = queries.calendar(company, then).today
            document = FileStorage(io.BytesIO(content), EVIDENCE)
            said = {"key": line.owed.key, "dated": dated, "document": document, "note": _WHERE}
            filing.file(company=company, **said, actor=owner, now=then)

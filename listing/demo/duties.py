"""Companies of the demo market in a tier: what one owed is filed but for one thing that is late; the other is new.

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

COMPANY, NEWCOMER = "yanwei-medical", "foglamp-diagnostics"
IN_TIER, MISSED = timedelta(days=75), timedelta(days=45)
DAY = timedelta(days=1)
_WHERE = "演示市场虚构的文件。/ A document of the demo market, invented."


def tell(organisations: Mapping[str, int], *, team: Sequence[Actor], now: datetime) -> None:
    """Take one into a tier some weeks ago, another just now; nothing where they are not among those loaded."""
    for company in _loaded(organisations, COMPANY):
        who = _entered(company, "growth", team[0], now - IN_TIER)
        _happened(("change", "D10"), "", now - MISSED, who)
        _file(company, who["actor"], now)
        _happened(("event", rules.MAJOR), "contract", now, who)
    for company in _loaded(organisations, NEWCOMER):
        _entered(company, "select", team[0], now)


def _loaded(organisations: Mapping[str, int], slug: str) -> Sequence:
    return rows.of_organisations([organisations[slug]]) if slug in organisations else ()


def _entered(company, tier: str, reviewer: Actor, now: datetime) -> dict:
    """Apply for a tier and be granted it; return the company with its owner, as operations take them."""
    members = accounts.members(accounts.organisation(company.organisation_id))
    owner = next(accounts.as_actor(member.user) for member in members if member.role == people.OWNER)
    who = {"company": company, "actor": owner}
    asked = tiers.apply(tier=tier, year_end=12, note=_WHERE, now=now - DAY, **who)
    reason = "演示市场虚构的决定。/ A decision of the demo market, invented."
    tiers.decide(request=asked, company=company, granted=True, reason=reason, actor=reviewer, now=now)
    return who


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

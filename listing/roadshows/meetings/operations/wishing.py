"""An investor with a place, and a company on the agenda, say whom they wish to meet and when they can.

Sent again, the last word holds; after the time for wishes, none does.
"""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.admission import queries as admissions
from listing.roadshows import rules as shows
from listing.roadshows.meetings import queries, rules
from listing.roadshows.meetings.models import Party, Round
from listing.roadshows.models import Registration
from listing.roadshows.operations.planning import noted
from listing.store.db import db
from listing.suitability import operations as suitability
from listing.suitability.matrix import MEETING


def of_investor(*, found: Round, registration: Registration, actor: Actor | System, now: datetime, **said) -> Party:
    """Keep the wishes of somebody with a place. Raises NotNow, WishesClosed, NoPlace, Unsuitable, Unconfirmed."""
    _open(found, now)
    placed = registration.state == shows.CONFIRMED and registration.day_id == found.day_id
    if not placed or not admissions.open_among({registration.organisation_id}, now):
        raise rules.NoPlace
    suitability.check(act=MEETING, organisation_id=registration.organisation_id, companies=said["wishes"], now=now)
    return _keep(found, actor, now, {"registration_id": registration.id}, said)


def of_company(*, found: Round, company_id: int, actor: Actor | System, now: datetime, **said) -> Party:
    """Keep the wishes of a company on the agenda. Raises NotNow, WishesClosed, CompanyAway."""
    _open(found, now)
    if company_id not in queries.presenters(found.day):
        raise rules.CompanyAway
    return _keep(found, actor, now, {"company_id": company_id}, said)


def change_times(*, party: Party, available: list[int], actor: Actor, now: datetime) -> Party:
    """Say anew when a party can meet, once a timetable is published and until its last slot; repairs keep to it.

    Raises NotNow.
    """
    found = queries.held(party.round_id)
    over = now >= found.slots.times()[-1][0]
    if over or found.day.roadshow.state != shows.PUBLISHED or not queries.published(found):
        raise shows.NotNow
    if sorted(available) != party.available:
        party.available = sorted(available)
        noted("meeting_times_changed", found.day.roadshow, actor, now, party=party.id)
    return party


def _open(found: Round, now: datetime) -> None:
    """Hold the round first, so that no timetable is published while wishes change."""
    queries.held(found.id)
    if found.day.roadshow.state != shows.PUBLISHED:
        raise shows.NotNow
    if now >= found.closes_at or queries.published(found):
        raise rules.WishesClosed


def _keep(found: Round, actor: Actor | System, now: datetime, who: dict, said: dict) -> Party:
    party = queries.party(found, **who) or Party(round_id=found.id, **who)
    for name in ("available", "wishes", "refused", "interpretation"):
        setattr(party, name, said[name])
    party.sent_by, party.sent_at = actor.user_id, now
    db.session.add(party)
    db.session.flush()
    noted("meetings_wished", found.day.roadshow, actor, now, party=party.id, **who)
    return party

"""Places of a day: taken, waited for, offered, given back. Nobody is lost, none is doubled, the order is kept.

Every step holds the places of its day first (queries.locked_places), so that who leaves and who arrives never miss each
other, nor an organizer who moves or cancels the day; what decides is read afterwards. The conditional update of
store/scarce.py is the last word on each place. A free place goes to the waiting list before it goes to anybody else.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from listing.access.actor import SYSTEM, Actor, System
from listing.accounts import queries as accounts
from listing.admission import queries as admissions
from listing.roadshows import agenda, letters, queries, rules
from listing.roadshows.models import Day, Places, Registration
from listing.roadshows.rules import Admitted
from listing.store import scarce
from listing.store.db import db

from .planning import noted, standing


def apply(
    *,
    day: Day,
    mode: str,
    sessions: list[int],
    interpretation: bool,
    needs: str,
    actor: Actor,
    now: datetime,
) -> Registration:
    """Register the actor for a day: applied where the organizer approves, else confirmed or on the waiting list.

    Raises NotOpen, NotInvited, NotAdmitted, Withheld, NotForClass, NotForMarket, ChoiceClash, NoSuchMode, AlreadyIn,
    WasDeclined.
    """
    places = queries.locked_places(day.id)
    if not queries.still_there(day):
        raise rules.NotOpen
    chosen = [slot for slot in queries.slots(day) if slot.id in sessions]
    agenda.check_choice(chosen, day.roadshow.zone)
    organisation_id = _check_person(day, actor, now)
    if mode not in places or not places[mode].capacity:
        raise rules.NoSuchMode
    row = queries.registration(day.id, actor.user_id)
    if row and row.state in rules.LIVE:
        raise rules.AlreadyIn
    if row and row.state == rules.DECLINED:
        raise rules.WasDeclined
    _tend(day, places, now)
    row = row or Registration(day_id=day.id, account_id=actor.user_id)
    row.organisation_id, row.mode, row.interpretation, row.needs = organisation_id, mode, interpretation, needs
    row.sessions = [slot.id for slot in chosen]
    row.turn, row.applied_at = queries.turns(day.id).highest + 1, now
    _turn(row, rules.APPLIED if day.roadshow.approval else _arrival(places[mode]), now)
    db.session.add(row)
    db.session.flush()
    letters.turned(row, now)
    _log("applied", row, actor, now)
    return row


def _check_person(day: Day, actor: Actor, now: datetime) -> int:
    """The institution for which the actor comes: one of theirs that the roadshow is for."""
    show = day.roadshow
    open_now = show.registration_opens_at <= now < show.registration_closes_at
    if standing(show, now) not in (rules.PUBLISHED, rules.RUNNING) or not open_now or now >= day.begins_at:
        raise rules.NotOpen
    institutions = sorted(standing.organisation_id for standing in actor.standings if standing.open)
    own = rules.fitting({n: _admitted(n) for n in institutions}, classes=show.classes, markets=show.markets)
    if admissions.withholds(own, "disclosure"):
        raise rules.Withheld
    if show.invitation_only and not queries.is_invited(show, accounts.person_by_id(actor.user_id).email):
        raise rules.NotInvited
    return own


def _admitted(organisation_id: int) -> Admitted | None:
    found = admissions.live_admission(organisation_id)
    return Admitted(found.book, frozenset(found.markets)) if found else None


def _arrival(places: Places) -> str:
    """Where somebody who comes now stands: behind those who wait, or on a free place."""
    if queries.first_waiting(places.day_id, places.mode):
        return rules.WAITLISTED
    taken = scarce.take(places, Places.taken, limit=Places.capacity)
    return rules.CONFIRMED if taken else rules.WAITLISTED


def approve(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Let somebody who applied in: to a place, or to the waiting list. Raises NotNow."""
    places = held(row)
    _check_shown(row)
    rules.turned(row.state, "approve")
    _tend(row.day, places, now)
    return _told("approved", row, _arrival(places[row.mode]), actor, now)


def decline(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Let somebody who applied not in. Raises NotNow."""
    held(row)
    return _told("declined", row, rules.turned(row.state, "decline"), actor, now)


def withdraw(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Leave; the place goes to the next one at once. Raises NotNow, CameBefore."""
    places = held(row)
    if row.attended_at:
        raise rules.CameBefore
    state = rules.turned(row.state, "withdraw")
    if now >= row.day.ends_at:
        raise rules.NotNow
    _leave(row, state, places, now)
    _tend(row.day, places, now)
    return _told("left", row, state, actor, now)


def accept(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Take the place that is offered. Raises NotNow, OfferOver."""
    held(row)
    _check_shown(row)
    state = rules.turned(row.state, "accept")
    if now >= row.offered_until:
        raise rules.OfferOver
    return _told("accepted", row, state, actor, now)


def promote(*, row: Registration, reason: str, actor: Actor, now: datetime) -> Registration:
    """Put somebody at the head of the waiting list, for a reason the log keeps. Raises NotNow."""
    places = held(row)
    if row.state != rules.WAITLISTED:
        raise rules.NotNow
    row.turn = queries.turns(row.day_id).lowest - 1
    db.session.flush()
    _tend(row.day, places, now)
    _log("promoted", row, actor, now, reason=reason)
    return row


def resize(*, day: Day, capacities: Mapping[str, int], now: datetime) -> None:
    """Change how many places there are; more go to the waiting list at once. Raises BelowTaken."""
    held = queries.locked_places(day.id)
    for mode, capacity in capacities.items():
        if capacity < held[mode].taken:
            raise rules.BelowTaken(taken=held[mode].taken)
        held[mode].capacity = capacity
    db.session.flush()
    _tend(day, held, now)


def tend_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Let offers lapse, bar who is not admitted any more, and offer what is free; commits day by day."""
    moved = 0
    for day_id in queries.days_to_tend(now):
        if stopping():
            break
        places = queries.locked_places(day_id)
        moved += _tend(db.session.get_one(Day, day_id, populate_existing=True), places, now)
        db.session.commit()
    return moved


def _tend(day: Day, places: Mapping[str, Places], now: datetime) -> int:
    """Everything that time has done to the places of a day; return how many registrations moved."""
    live = queries.live_of_day(day.id)
    admitted = admissions.open_among({row.organisation_id for row in live}, now)
    moved = 0
    for row in live:
        if row.attended_at:
            continue
        if row.organisation_id not in admitted:
            event = "bar"
        elif row.state == rules.OFFERED and row.offered_until <= now:
            event = "lapse"
        else:
            continue
        state = rules.turned(row.state, event)
        _leave(row, state, places, now)
        _told({"bar": "barred", "lapse": "lapsed"}[event], row, state, SYSTEM, now)
        moved += 1
    if day.roadshow.state == rules.PUBLISHED:
        moved += sum(_fill(day, kept, now) for kept in places.values())
    return moved


def _fill(day: Day, places: Places, now: datetime) -> int:
    until, offered = rules.offered_until(begins=day.begins_at, now=now), 0
    while until and (row := queries.first_waiting(day.id, places.mode)):
        if not scarce.take(places, Places.taken, limit=Places.capacity):
            break
        row.offered_until = until
        _told("offered", row, rules.turned(row.state, "offer"), SYSTEM, now)
        offered += 1
    return offered


def held(row: Registration) -> dict[str, Places]:
    """The places of the day, held; the registration, its day and its roadshow as they stand once they are."""
    places = queries.locked_places(row.day_id)
    db.session.refresh(row)
    queries.still_there(row.day)
    return places


def _check_shown(row: Registration) -> None:
    """Nobody comes to what was called off. Raises NotNow."""
    if row.day.roadshow.state != rules.PUBLISHED:
        raise rules.NotNow


def _leave(row: Registration, state: str, places: Mapping[str, Places], now: datetime) -> None:
    if row.state in rules.SEATED:
        scarce.give_back(places[row.mode], Places.taken)
    _turn(row, state, now)


def _turn(row: Registration, state: str, now: datetime) -> None:
    row.state, row.state_at = state, now
    if state != rules.OFFERED:
        row.offered_until = None


def _told(event: str, row: Registration, state: str, actor: Actor | System, now: datetime) -> Registration:
    _turn(row, state, now)
    letters.turned(row, now)
    _log(event, row, actor, now)
    return row


def _log(event: str, row: Registration, actor: Actor | System, now: datetime, **data) -> None:
    known = {"registration": row.id, "mode": row.mode, "state": row.state}
    noted(f"registration_{event}", row.day.roadshow, actor, now, **known, **data)

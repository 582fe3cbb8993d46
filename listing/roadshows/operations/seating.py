"""Places of a day: taken, waited for, offered, given back. Nobody is lost, none is doubled, the order is kept.

Every step holds the places of its day first (queries.locked_places), so that who leaves and who arrives never miss each
other, nor an organizer who moves or cancels the day; what decides is read afterwards. The conditional update of
store/scarce.py is the last word on each place. A free place goes to the waiting list before it goes to anybody else;
colleagues who registered together get theirs together (queue.py).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from listing.access.actor import SYSTEM, Actor, System
from listing.admission import queries as admissions
from listing.roadshows import agenda, attending, letters, queries, queue, rules, waiting
from listing.roadshows.models import Day, Places, Registration
from listing.roadshows.queue import Colleague, Unit
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
    sectors: Sequence[str] = (),
    colleagues: Sequence[Colleague] = (),
    actor: Actor,
    now: datetime,
) -> Registration:
    """Register the actor for a day and colleagues along; return the actor's own registration.

    All together are applied where the organizer approves, else confirmed or on the waiting list. Raises NotOpen,
    ChoiceClash, NoSuchMode, AlreadyIn, WasDeclined and those of attending.
    """
    places = queries.locked_places(day.id)
    if not queries.still_there(day):
        raise rules.NotOpen
    own = Colleague("", mode, sessions, interpretation)
    _check_open(day, now)
    chosen = _chosen(day, places, own)
    about = {"organisation_id": attending.own_institution(day.roadshow, actor, sectors=sectors), "sectors": [*sectors]}
    _check_new(queries.registration(day.id, actor.user_id))
    along = attending.along(day, about["organisation_id"], colleagues, actor)
    guests = [(actor.user_id, own, chosen), *((number, each, _chosen(day, places, each)) for number, each in along)]
    _tend(day, places, now)
    turns = queries.turns(day.id)
    about |= {"applied_at": now, "party": turns.party + 1 if along else None}
    about |= {"rank": attending.rank(day.roadshow, about["organisation_id"])}
    rows = []
    for turn, (account_id, wish, slots) in enumerate(guests, start=turns.highest + 1):
        said = {"mode": wish.mode, "sessions": slots, "interpretation": wish.interpretation, "turn": turn}
        rows.append(_registered(day, account_id, **about, **said, needs="" if rows else needs))
    state = rules.APPLIED if day.roadshow.approval else _arrival(day, rows, places, now)
    for row in rows:
        _turn(row, state, now)
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        letters.turned(row, now, by=None if row is rows[0] else actor.label)
        _log("applied", row, actor, now, **({"party": row.party} if along else {}))
    return rows[0]


def _check_open(day: Day, now: datetime) -> None:
    show = day.roadshow
    open_now = show.registration_opens_at <= now < show.registration_closes_at
    if standing(show, now) not in (rules.PUBLISHED, rules.RUNNING) or not open_now or now >= day.begins_at:
        raise rules.NotOpen


def _chosen(day: Day, places: Mapping[str, Places], wish: Colleague) -> list[int]:
    """The sessions that somebody plans to attend. Raises ChoiceClash, NoSuchMode."""
    chosen = [slot for slot in queries.slots(day) if slot.id in wish.sessions]
    agenda.check_choice(chosen, day.roadshow.zone)
    if wish.mode not in places or not places[wish.mode].capacity:
        raise rules.NoSuchMode
    return [slot.id for slot in chosen]


def _check_new(row: Registration | None) -> None:
    if row and row.state in rules.LIVE:
        raise rules.AlreadyIn
    if row and row.state == rules.DECLINED:
        raise rules.WasDeclined


def _registered(day: Day, account_id: int, **said) -> Registration:
    row = queries.registration(day.id, account_id) or Registration(day_id=day.id, account_id=account_id)
    for name, value in said.items():
        setattr(row, name, value)
    return row


def _arrival(day: Day, rows: Sequence[Registration], places: Mapping[str, Places], now: datetime) -> str:
    """Where those who come now together stand: behind those who wait before them, or all on free places."""
    ahead, free, need = waiting.of_day(day.id, before=rows[0]), _free(places), Unit(tuple(rows)).need
    before = _units(day, ahead, now)
    offering = rules.offered_until(begins=day.begins_at, now=now)
    shut = queue.served(before, free)[1] if offering else queue.shut_for_all(before)
    if not shut.isdisjoint(need) or any(free[mode] < number for mode, number in need.items()):
        return rules.WAITLISTED
    return rules.CONFIRMED if _take(places, need) else rules.WAITLISTED


def _units(day: Day, rows: Sequence[Registration], now: datetime) -> list[Unit]:
    return queue.units(rows, together=now < day.begins_at - queue.TOGETHER_UNTIL)


def _free(places: Mapping[str, Places]) -> dict[str, int]:
    return {mode: kept.capacity - kept.taken for mode, kept in places.items()}


def _take(places: Mapping[str, Places], need: Mapping[str, int]) -> bool:
    """Take all of these places or none."""
    taken: dict[str, int] = {}
    for mode, number in need.items():
        if not scarce.take(places[mode], Places.taken, limit=Places.capacity, amount=number):
            for other, back in taken.items():
                scarce.give_back(places[other], Places.taken, amount=back)
            return False
        taken[mode] = number
    return True


def approve(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Let somebody who applied in, with those who applied along: to places, or to the waiting list.

    Raises NotNow, EndedAdmission.
    """
    places = held(row)
    _check_shown(row)
    rules.turned(row.state, "approve")
    _tend(row.day, places, now)
    if row.state != rules.APPLIED:  # barred by what was just tended to
        raise rules.EndedAdmission
    rows = waiting.together(row, rules.APPLIED)
    state = _arrival(row.day, rows, places, now)
    for each in rows:
        _told("approved", each, state, actor, now)
    return row


def decline(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Let somebody who applied not in, nor those who applied along. Raises NotNow."""
    held(row)
    state = rules.turned(row.state, "decline")
    for each in waiting.together(row, rules.APPLIED):
        _told("declined", each, state, actor, now)
    return row


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
    """Put somebody at the head of the waiting list, with those who wait along, for a reason the log keeps.

    Raises NotNow.
    """
    places = held(row)
    if row.state != rules.WAITLISTED:
        raise rules.NotNow
    rows, lowest = waiting.together(row, rules.WAITLISTED), queries.turns(row.day_id).lowest
    for turn, each in enumerate(rows, start=lowest - len(rows)):
        each.rank, each.turn = queue.FIRST, turn
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
        moved += _fill(day, places, now)
    return moved


def _fill(day: Day, places: Mapping[str, Places], now: datetime) -> int:
    """Offer what is free to those who wait, colleagues together; return how many were offered a place."""
    until, offered = rules.offered_until(begins=day.begins_at, now=now), 0
    if not until:
        return 0
    for unit in queue.served(_units(day, waiting.of_day(day.id), now), _free(places))[0]:
        if not _take(places, unit.need):
            break
        for row in unit.rows:
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

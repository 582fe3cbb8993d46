"""F6, F8 and F9: scarce seats, a form sent many times, a web server that is killed under writers."""

from collections import Counter

from listing.store import scarce
from listing.store.db import db
from tests.store.example import Base, Evening, Guest, an_evening

from .browser import Browser, people
from .finding import Finding, at_most, equal
from .load import Writers, at_once
from .place import Process, Server, answers, installed, wait_for

KILLS = 4
CLIENTS = 16


def seats(server: Server | None) -> list[Finding]:
    """F6 on the example of tests/store: 200 clients, 50 seats; then the same with the guard off."""
    with installed(server) as place, place.app.app_context():
        Base.metadata.create_all(db.engine)
        guarded, unguarded = _registered(place.app, _take), _registered(place.app, _look_and_write)
    taken, refused, rows, counter = guarded
    return [
        equal("accepted, refused of 200 for 50 seats", (taken, refused), (50, 150)),
        equal("rows, counter", (rows, counter), (50, 50)),
        Finding("guard off (read first, write afterwards): rows, counter", f"{unguarded[2]}, {unguarded[3]}"),
        Finding("guard off: shows the fault", "yes" if unguarded[1:] != guarded[1:] else "no", unguarded != guarded),
    ]


def _registered(app, take) -> tuple[int, int, int, int]:
    evening_id = an_evening(seats=50)

    def register(_number: int) -> bool:
        with app.app_context():
            try:
                return take(evening_id)
            finally:
                db.session.remove()

    answers_ = Counter(at_once(200, register))
    rows = db.session.scalar(db.select(db.func.count()).where(Guest.evening_id == evening_id))
    counter = db.session.scalar(db.select(Evening.taken).where(Evening.id == evening_id))
    db.session.rollback()
    return answers_[True], 200 - answers_[True], rows, counter


def _take(evening_id: int) -> bool:
    evening = db.session.get_one(Evening, evening_id)
    seat = scarce.take(evening, Evening.taken, limit=Evening.seats)
    return _seated(evening_id, seat)


def _look_and_write(evening_id: int) -> bool:
    with db.engine.connect() as connection:
        taken = connection.scalar(db.select(Evening.taken).where(Evening.id == evening_id))
        connection.rollback()
    if taken >= 50:
        return False
    db.session.execute(db.update(Evening).where(Evening.id == evening_id).values(taken=taken + 1))
    return _seated(evening_id, taken + 1)


def _seated(evening_id: int, seat: int | None) -> bool:
    if seat:
        db.session.add(Guest(evening_id=evening_id, seat=seat))
    db.session.commit()
    return seat is not None


def copies(server: Server | None) -> list[Finding]:
    """F8: one form 20 times at once, again after Back, and with other content, over HTTP."""
    with installed(server) as place:
        [token] = people(place, 1, role="owner")
        place.web()
        path = f"/en/account/organisations/{place.number('SELECT max(id) FROM organisation')}/invite"
        form = {**Browser(place.port, token).hidden(path), "email": "guest@fund.example", "role": "editor"}

        def send(_number: int, **changes) -> tuple[int, str | None]:
            answer = Browser(place.port, token).post(path, {**form, **changes})
            return answer.status, answer.location

        first = Counter(at_once(20, send))
        again, other = send(0), send(0, email="other@fund.example")
        rows, mails = (place.number(f"SELECT count(*) FROM {table}") for table in ("invitation", "notice"))
    [(answer, times)] = first.most_common(1)
    return [
        equal("one answer to 20 copies at once", (times, answer[0]), (20, 303)),
        equal("sent again after Back: the same answer", again, answer),
        equal("same key, other content", other[0], 409),
        equal("records, mails queued", (rows, mails), (1, 1)),
    ]


def killed_web(server: Server | None, kills: int = KILLS, clients: int = CLIENTS, within: float = 10) -> list[Finding]:
    """F9: SIGKILL of gunicorn and its workers under writers; started again at once, it answers ``within`` seconds."""
    with installed(server) as place:
        web, back = place.web(), 0.0
        with Writers(place, clients) as writers:
            for _ in range(kills):
                before = writers.count
                wait_for(lambda: writers.count >= before + 3 * clients, 60, "writes")  # noqa: B023
                web.kill()
                web, took = _again(place)
                back = max(back, took)
            before = writers.count
            wait_for(lambda: writers.count >= before + clients, 60, "writes after the last kill")
        lost, doubled = writers.lost_and_doubled()
        return [
            Finding(
                f"acknowledged writes of {clients} clients, cut by {kills} kills", f"{writers.count}, {writers.cut}"
            ),
            equal("acknowledged and lost", lost, 0),
            equal("made twice", doubled, 0),
            equal("keys without their mail or log entry", _uneven(place), 0),
            equal("log verifies", place.log_holds(), True),
            at_most("answers again after", back, within, "s"),
        ]


def _again(place) -> tuple[Process, float]:
    web = place.web(wait=False)
    return web, wait_for(lambda: answers(place.port), 60, "the web server")


def _uneven(place) -> int:
    keys = place.number("SELECT count(*) FROM access_key")
    mails = place.number("SELECT count(*) FROM notice WHERE message = 'security_changed'")
    entries = place.number("SELECT count(*) FROM journal_entry WHERE code = 'account.key_made'")
    return abs(keys - mails) + abs(keys - entries)

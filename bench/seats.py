"""The race for seats through HTTP: 200 people at once, 50 places, four worker processes of gunicorn as shipped.

Then the same against bench/unguarded.py, where the race has to be lost, or nothing was shown.
"""

from collections import Counter
from http.client import HTTPException

from faults.browser import Browser
from faults.load import at_once
from faults.place import Place, answers, installed, wait_for

from . import roadshows
from .databases import on_both
from .report import Figure

PEOPLE, PLACES, WORKERS = 200, 50, 4
PATIENCE = 120.0  # seconds that a client waits for its answer


def seats() -> list[Figure]:
    """The figures on SQLite, and on PostgreSQL where its programs are."""
    return on_both(_on, connections=120)


def _on(name: str, postgres) -> list[Figure]:
    said, confirmed, taken, waiting, slowest = _race(postgres, "app:app")
    failed, unguarded, counted, *_ = _race(postgres, "bench.unguarded:app")
    errors = sum(failed.values()) - failed[303]
    lost = unguarded > PLACES or counted != unguarded or errors > 0
    told = f"{unguarded} confirmed, {counted} counted, {errors} errors shown"
    return [
        Figure(f"{name}: oversold", max(0, confirmed - PLACES), "", most=0, note=f"{PEOPLE} at once, {PLACES} places"),
        Figure(f"{name}: unsold", PLACES - taken, "", most=0, note=f"{waiting} wait"),
        Figure(f"{name}: errors shown, of locks or others", sum(said.values()) - said[303], "", most=0),
        Figure(f"{name}: the last answer", slowest, "s", note=f"{WORKERS} worker processes"),
        Figure(f"{name}: guards out, and the race held all the same", 0 if lost else 1, "", most=0, note=told),
    ]


def _race(postgres, application: str) -> tuple[Counter, int, int, int, float]:
    """The statuses answered, how many have a place, are counted, and wait, and the seconds of the slowest answer."""
    with installed(postgres) as place:
        address, tokens = _open(place)
        words = ("--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{place.port}", application)
        place.start("gunicorn", *words, name="web", WEB_WORKERS=str(WORKERS))
        wait_for(lambda: answers(place.port), 60, "the web server")
        visitors = [Browser(place.port, token, patience=PATIENCE) for token in tokens]
        forms = [visitor.hidden(address) | {"mode": "onsite"} for visitor in visitors]

        def register(number: int) -> tuple[int | str, float]:
            try:
                answer = visitors[number].post(address, forms[number])
            except (OSError, HTTPException) as error:
                return type(error).__name__, PATIENCE
            return answer.status, answer.seconds

        came = at_once(PEOPLE, register)
        state = "SELECT count(*) FROM roadshow_registration WHERE state = '{}'"
        confirmed, waiting = (place.number(state.format(name)) for name in ("confirmed", "waitlisted"))
        taken = place.number("SELECT taken FROM roadshow_places WHERE mode = 'onsite'")
        return Counter(status for status, _ in came), confirmed, taken, waiting, max(seconds for _, seconds in came)


def _open(place: Place) -> tuple[str, list[str]]:
    """The address of the form, and the sessions of those who will send it."""
    with place.app.app_context():
        now = roadshows.now_at(place)
        show = roadshows.a_roadshow(now, onsite=PLACES)
        tokens = roadshows.sessions(now, roadshows.colleagues(now, PEOPLE))
        roadshows.db.session.commit()
        return f"/en/roadshows/{show.code}/days/{show.days[0].id}", tokens

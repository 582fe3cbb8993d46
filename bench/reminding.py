"""A thousand reminders of one roadshow whose sender is killed amid them: each arrives, and is counted once.

The scheduler runs as shipped, queues them at its tick and sends them; a second one follows the killed one.
"""

from faults.place import Place, installed, wait_for
from listing.roadshows.models import Places
from listing.store.db import db
from tests.notifications.sink import Sink

from . import roadshows
from .databases import on_both
from .report import Figure

PEOPLE, KILLED_AT, LEASE = 1_000, 400, 20


def reminding() -> list[Figure]:
    """The figures on SQLite, and on PostgreSQL where its programs are."""
    return on_both(_on, connections=50)


def _on(name: str, postgres) -> list[Figure]:
    with Sink() as sink:
        mail = {"MAIL_BACKEND": "smtp", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": sink.port, "REMINDER_LEASE": LEASE}
        with installed(postgres, **mail) as place:
            due = _due(place)
            took = _sent(place, sink)
        keys = sink.keys()
        ids = {(letter["X-Reminder-Key"], letter["Message-ID"]) for letter in sink.taken}
    note = f"lease {LEASE} s; killed after {KILLED_AT:,}"
    return [
        Figure(f"{name}: of {PEOPLE:,} reminders lost", len(due - set(keys)), "", most=0, note=note),
        Figure(f"{name}: others than those due", len(set(keys) - due), "", most=0),
        Figure(f"{name}: copies beyond the first", sum(keys.values()) - len(keys), "", most=1, note="one kill"),
        Figure(f"{name}: copies with another Message-ID", len(ids) - len(keys), "", most=0),
        Figure(f"{name}: all sent after the kill", took, "s", note="with the start of the second and the lease"),
    ]


def _due(place: Place) -> set[str]:
    """A roadshow that begins in 23 hours with everybody in it; the keys of what is due."""
    with place.app.app_context():
        now = roadshows.now_at(place)
        show = roadshows.a_roadshow(now, onsite=PEOPLE)
        [day] = show.days
        day.begins_at, day.ends_at = now + roadshows.DAY * 23 / 24, now + roadshows.DAY * 31 / 24
        show.begins_at, show.ends_at = day.begins_at, day.ends_at
        roadshows.confirmed(day.id, roadshows.colleagues(now, PEOPLE), now - 10 * roadshows.DAY)
        db.session.query(Places).filter_by(day_id=day.id, mode="onsite").update({"taken": PEOPLE})
        db.session.commit()
        numbers = [row for (row,) in db.session.execute(db.text("SELECT account_id FROM roadshow_registration"))]
        return {f"roadshow_reminder:{day.id}:{day.date:%Y%m%d}:start1440:{number}" for number in numbers}


def _sent(place: Place, sink: Sink) -> float:
    """Seconds from the kill until everything is sent."""
    first = place.scheduler()
    wait_for(lambda: len(sink.taken) >= KILLED_AT, 180, "the first mails")
    first.kill()
    place.scheduler()
    unsent = "SELECT count(*) FROM notice WHERE state <> 'sent'"
    return wait_for(lambda: len(sink.taken) >= PEOPLE and not place.number(unsent), 180, "all mails")

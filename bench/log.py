"""The log at a million entries beside a thousand: appending, proving, checking the whole, on each database there is.

Entries are laid into the tables by the log's own rules, only many at once; what is measured then works on them as in
use. Seconds of the wall, because processor time would hide what the server of PostgreSQL does.
"""

import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import insert

from faults.place import Place, installed
from listing.access.actor import System
from listing.journal import canonical, merkle, operations, queries, verification
from listing.journal.models import HEAD_ID, Entry, Head, Node, leaf_of
from listing.store.db import db

from .databases import on_both
from .report import Figure

SIZES = (1_000, 1_000_000)
BATCH = 10_000
SAMPLES = 200
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
DATA = {"slug": "shenzhen-yunlin-robotics", "revision": 3, "passages": ["business", "technology"], "languages": 3}


def log() -> list[Figure]:
    """The figures on SQLite, and on PostgreSQL where its programs are."""
    return on_both(_on)


def _on(name: str, postgres) -> list[Figure]:
    with ExitStack() as open_places:
        small, large = (open_places.enter_context(installed(postgres)) for _ in SIZES)
        for place, size in zip((small, large), SIZES, strict=True):
            _fill(place, size)
        least, most = (_each(place, _append) for place in (small, large))
        begun = time.perf_counter()
        with large.app.app_context():
            holds = verification.verify().holds
        whole = time.perf_counter() - begun
        proof = max(_each(large, act) for act in (_inclusion, _consistency))
    entries = f"{SIZES[-1]:,} entries"
    return [
        Figure(f"{name}: append at {entries} / at {SIZES[0]:,}", most / least, most=1.5, note=f"{most:.2f} ms"),
        Figure(f"{name}: proof at {entries}", proof, "ms", most=5, note="the slower of inclusion and consistency"),
        Figure(f"{name}: all {entries} checked", whole, "s", most=60, note="holds" if holds else "DOES NOT HOLD"),
    ]


def _fill(place: Place, size: int) -> None:
    frontier: list[bytes] = []
    with place.app.app_context(), db.engine.begin() as connection:
        for start in range(0, size, BATCH):
            entries, nodes = [], []
            for entry in _entries(start, min(start + BATCH, size)):
                frontier, completed = merkle.grow(frontier, entry["index"], entry["leaf_hash"])
                entries.append(entry)
                nodes += [{"last": entry["index"], "level": at, "hash": each} for at, each in enumerate(completed, 1)]
            connection.execute(insert(Entry.__table__), entries)
            connection.execute(insert(Node.__table__), nodes)
        connection.execute(insert(Head.__table__), {"id": HEAD_ID, "size": size, "frontier": b"".join(frontier)})
        connection.exec_driver_sql("ANALYZE")  # as a database in use does of itself; here it had no time to


def _entries(start: int, end: int) -> Iterator[dict]:
    for index in range(start, end):
        values = {
            "index": index,
            "at": BEGAN + timedelta(seconds=index),
            "code": "profile.published",
            "actor_id": index % 997,
            "actor_label": "陳大文",
            "subject_kind": "profile",
            "subject_id": str(index % 9973),
            "organisation_id": index % 997,
            "data": DATA,
            "salt": secrets.token_bytes(canonical.SALT_BYTES),
        }
        yield values | {"leaf_hash": leaf_of(SimpleNamespace(**values))}


def _each(place: Place, act: Callable[[int, int], object]) -> float:
    """Median milliseconds of one act, each in a transaction of its own that is committed."""
    taken = []
    with place.app.app_context():
        size = queries.tip().size
        for number in range(SAMPLES):
            begun = time.perf_counter()
            act((number * 7919) % size, size)
            db.session.commit()
            taken.append((time.perf_counter() - begun) * 1000)
        db.session.remove()
    return statistics.median(taken)


def _append(index: int, _size: int) -> None:
    operations.append(code="bench.measured", data={"index": index}, actor=System("bench"), now=BEGAN)


def _inclusion(index: int, size: int) -> None:
    queries.inclusion(index, size)


def _consistency(index: int, size: int) -> None:
    queries.consistency(index + 1, size)

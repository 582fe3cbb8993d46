"""Fills one database of the benchmark: ``python -m bench.filling SIZE FILE``.

Goes through the package's own import, so that index, revisions and journal are what production would have.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import inspect

from listing.access.actor import System
from listing.companies.operations import importing
from listing.companies.reading.prepared import prepare
from listing.store import fulltext
from listing.store.db import db

from .data import rows
from .product import product

BEGUN = datetime(2026, 1, 5, 1, tzinfo=UTC)
PART = 1_000  # companies of one import, displayed at one instant


def _fill(size: int) -> None:
    part: list[dict] = []
    for number, row in enumerate(rows(size), start=1):
        part.append(row)
        if len(part) == PART or number == size:
            now = BEGUN + timedelta(hours=number // PART)
            text = "\n".join(json.dumps(each, ensure_ascii=False) for each in part)
            importing.import_companies(
                file=prepare(text.encode()),
                mode=importing.SKIP_BAD_ROWS,
                dry_run=False,
                actor=System("bench"),
                now=now,
            )
            db.session.commit()
            part = []


@contextmanager
def made(path: Path) -> Iterator[None]:
    """An empty database to fill, which gets its name when that is done: a half-made one never does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    app = product(unfinished)
    with app.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            if not inspect(connection).has_table("fulltext"):
                fulltext.create(connection)
        yield
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.engine.dispose()
    unfinished.rename(path)


def main() -> None:
    """Make the database."""
    with made(Path(sys.argv[2])):
        _fill(int(sys.argv[1]))


if __name__ == "__main__":
    main()

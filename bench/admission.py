"""Rule books: one evaluation, and a version that is not published yet tried on ten thousand decisions.

Processor time of one core. The decisions stand alone in a database of their own, each with its whole record.
"""

import json
import sqlite3
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from listing.access.actor import Actor
from listing.admission import books
from listing.admission.operations import trying
from listing.admission.simulating import simulate
from listing.money import Money
from listing.rulebook import decision
from listing.rulebook.case import Case, Evidence, Facts, Part, StatedRate
from listing.rulebook.engine import decide
from listing.rulebook.vocabulary import words
from listing.store.db import db
from tests import factories

from .product import product
from .report import Figure

ON = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
CASES = 10_000
TIMES = 500
ROW = {"verdict": "admit", "proposed": "", "reasons": "[]", "label": "", "decided_by": 1}
ROW |= {f"{name}_{side}": "" for name in ("conditions", "words") for side in ("zh", "en")}
ROW |= {"conditions_script": "Hans", "words_script": "Hans"}


def _case(minor: int) -> Case:
    """An individual of Hong Kong with a portfolio in US dollars, a statement and a rate."""
    facts = Facts(
        "individual", {("portfolio", "point"): (Part(Money(minor, "USD")),)}, dict.fromkeys(words("exclusions"), False)
    )
    rate = StatedRate("USD/HKD", "USD", "HKD", Decimal("7.84"), ON, "a bank")
    return Case(facts, ON, (Evidence("a", "custodian_statement", ON),), (rate,))


def _evaluation() -> float:
    book, case = books.library().current("HK-PI", ON), _case(102_000_000)
    least = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for _ in range(TIMES):
            decide(book, case)
        least = min(least, (time.process_time() - begun) / TIMES)
    return least * 1000


def _rows():
    book = books.library().current("HK-PI", ON)
    for number in range(1, CASES + 1):
        found = decide(book, _case(100_000_000 + 1_000 * number))
        basis = json.dumps({"decisions": [decision.record(found)]})
        yield (
            ROW
            | {"id": number, "submission_id": number, "organisation_id": number, "basis": basis}
            | {"decided_at": "2026-11-26 00:00:00.000000"}
        )


def _simulation() -> list[Figure]:
    """Seconds for all cases, of which many would lose by nine millions instead of eight; the same as a page does it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite"
        app = product(path)
        with app.app_context():
            db.create_all()
            db.session.remove()
            db.engine.dispose()
        connection = sqlite3.connect(path)
        names = (*ROW, "id", "submission_id", "organisation_id", "basis", "decided_at")
        places = ", ".join(f":{name}" for name in names)
        connection.executemany(f"INSERT INTO admission_decision ({', '.join(names)}) VALUES ({places})", _rows())
        connection.commit()
        connection.close()
        text = (books.FOLDER / "HK-PI@2018-07-13.yaml").read_text(encoding="utf-8")
        new = Path(folder) / "HK-PI@new.yaml"
        new.write_text(text.replace('"2018-07-13"', '"new"').replace('"8000000"', '"9000000"', 1), encoding="utf-8")
        with app.app_context():
            begun = time.process_time()
            found = simulate(books.read(new), NOW)
            taken = time.process_time() - begun
            pieces = _trial(new)
            db.session.remove()
            db.engine.dispose()
    note = f"{len(found.on('lose')):,} would lose"
    return [Figure("a new version tried on 10,000 decisions", taken, "s", 10, note), *pieces]


def _trial(path: Path) -> list[Figure]:
    """What a supervisor waits for, and how long the scheduler works on the rest."""
    person = factories.a_user()
    db.session.commit()
    who = {"actor": Actor(user_id=person.id, label="bench"), "now": NOW}
    begun = time.process_time()
    trying.begin(book=books.read(path), content=path.read_text(encoding="utf-8"), **who)
    db.session.commit()
    first = time.process_time() - begun
    begun = time.process_time()
    done = trying.tend(now=NOW, stopping=lambda: False)
    rest = time.process_time() - begun
    return [
        Figure("the same from a page: before it answers", first * 1000, "ms", 1000, f"{CASES - done:,} decisions"),
        Figure("the same from a page: the rest, kept", rest, "s", None, f"{done:,} decisions, in pieces"),
    ]


def admission() -> list[Figure]:
    """The figures of the rule books."""
    note = "HK-PI, an individual, one conversion"
    return [Figure("one evaluation of a book", _evaluation(), "ms", 1, note), *_simulation()]

"""The reviewers' queue: its first and last page with ten thousand applications waiting, beside those with one thousand.

As a reviewer sees it, who never signs in. The applications stand alone in databases of their own.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from listing.admission.vetting import PAGE
from listing.web.paging import mark
from tests.admission import answers

from .filling import made
from .measure import CACHE, Worker, alternated
from .report import Figure

SIZES = (1_000, 10_000)
ADDRESS = "/en/review/admissions"
FIRST_SENT = datetime(2026, 9, 1, 1, tzinfo=UTC)
APPLICATION = (
    "INSERT INTO admission_application (id, organisation_id, open_of, state, state_at, sent, created_at, touched_at,"
    " waiting_since) VALUES (:id, :id, :id, 'submitted', :at, 1, :at, :at, :at)"
)
SUBMISSION = (
    "INSERT INTO admission_submission (id, application_id, organisation_id, number, content, digest, declaration,"
    " submitted_at, submitted_by) VALUES (:id, :id, :id, 1, :content, '', 1, :at, 2)"
)


def queue(*, rounds: int, times: int) -> list[Figure]:
    """Each page at both sizes, and the statements of both."""
    CACHE.mkdir(parents=True, exist_ok=True)
    figures = []
    with TemporaryDirectory(dir=CACHE) as folder, ExitStack() as stack:
        few, many = (stack.enter_context(_reviewer(Path(folder), size)) for size in SIZES)
        for name, paths in {"first page": (ADDRESS, ADDRESS), "last page": tuple(map(_last_page, SIZES))}.items():
            cost = alternated({"few": (few, paths[0]), "many": (many, paths[1])}, rounds=rounds, times=times)
            sent = [worker.look(path)["statements"] for worker, path in zip((few, many), paths, strict=True)]
            note = f"{cost.ms('many'):.2f} ms, {sent[1]} statements"
            figures.append(Figure(f"queue, {name}", cost.ratio("many", "few"), most=1.15, note=note))
            figures.append(Figure(f"queue, {name}: statements more", sent[1] - sent[0], "", most=0))
    return figures


def _reviewer(folder: Path, size: int) -> Worker:
    """The product over that many applications, asked by a reviewer."""
    path = folder / f"queue-{size}.sqlite"
    with made(path):
        pass
    connection = sqlite3.connect(path)
    for rows in (APPLICATION, SUBMISSION):
        connection.executemany(rows, _rows(size))
    connection.commit()
    connection.close()
    worker = Worker("product", path, "/en/companies")
    worker.ask("become", tier="STAFF", at="/en/companies", role="reviewer")
    return worker


def _rows(size: int) -> Iterator[dict]:
    pages = answers.contents()
    for number in range(1, size + 1):
        institution = pages["institution"] | {"name_en": f"Investor {number} Limited"}
        content = json.dumps({"pages": pages | {"institution": institution}, "evidence": [], "consents": []})
        yield {"id": number, "at": f"{_sent(number):%Y-%m-%d %H:%M:%S.%f}", "content": content}


def _sent(number: int) -> datetime:
    return FIRST_SENT + timedelta(minutes=number)


def _last_page(size: int) -> str:
    """The address of the page that ends with the last application; a whole one, so that both have as many lines."""
    before = size - PAGE
    return f"{ADDRESS}?after={quote(mark(_sent(before), before))}"

"""Announcements: a page of the search among a million beside one among ten thousand; publishing one that many watch.

Releases and their documents are laid into the tables many at once, each as a release of its own would be; what is
measured then works on them as in use. Seconds of the wall, because processor time would hide what the server of
PostgreSQL does. The pages compared are those of one query, in turn on both databases, for somebody signed out and for
an admitted investor: one release in five is for admitted investors.
"""

import json
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

from sqlalchemy import Connection, text

from faults.place import Place, installed
from listing.access.actor import NOBODY, Actor, Tier
from listing.alerts import operations as alerts
from listing.alerts.models import Alert
from listing.alerts.rules import SETTLED, WATCHED
from listing.bilingual import tokens
from listing.bilingual.pair import Pair
from listing.companies.models import Watch
from listing.disclosure.announcements import lists, queries, searching
from listing.disclosure.announcements.categories import categories, visibility_on
from listing.disclosure.announcements.searching import Asked
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import source
from listing.store.fulltext.syntax import tsvector
from tests import factories
from tests.disclosure.announcements import made

from .databases import on_both
from .report import Figure

SIZES = (10_000, 1_000_000)
COMPANIES, WATCHERS = 100, 1_000
BATCH = 5_000
ROUNDS, PUBLISHED = 30, 3
MATTERS, CORRECTED = 1_000, 51
WORDS = "ix_fulltext_tokens"
LAST = datetime(2026, 11, 20, 9, tzinfo=UTC)
STEP = timedelta(minutes=2)
CATEGORIES = ("notice", "event_contract", "annual_report", "event_ip", "meeting")
# Of each pair every announcement has the first sentence; the others stand in one of 2, 20 and 200.
COMMON = Pair("本公司董事会就下列事项作出公告。", "The board of the company makes the following announcement.")
SOME = {
    2: Pair("研发投入占营业收入的18%。", "Spending on research was 18% of revenue."),
    20: Pair("公司与一家医院集团签订供应合同。", "A supply contract was signed with a hospital group."),
    200: Pair("一项核心专利获得授权。", "A core patent has been granted."),
}
ASKED = {
    "no filter": Asked(),
    "a word of all": Asked(q="董事会"),
    "a word of half": Asked(q="research"),
    "a word of one in 20": Asked(q="医院"),
    "a word of one in 200": Asked(q="patent"),
    "a company": Asked(company_id=7),
    "a word at a company": Asked(q="董事会", company_id=7, code="BENCH-7"),
    "a category": Asked(category="event_ip"),
    "a word in a category": Asked(q="医院", category="event_ip"),
    "days": Asked(since=date(2026, 11, 16), until=date(2026, 11, 18)),
    "a word within days": Asked(q="医院", since=date(2026, 11, 10), until=date(2026, 11, 18)),
}
READERS = {"": NOBODY, ", admitted": Actor(user_id=1, label="investor", tier=Tier.ADMITTED)}


def announcing() -> list[Figure]:
    """The figures on SQLite, and on PostgreSQL where its programs are."""
    return on_both(_on)


def _on(name: str, postgres) -> list[Figure]:
    with ExitStack() as open_places:
        small, large = (open_places.enter_context(installed(postgres)) for _ in SIZES)
        for place, size in zip((small, large), SIZES, strict=True):
            _fill(place, size)
        taken = _pages(small, large)
        publishing_took, parts = _published(large)
    p95 = [_p95([value for values in times.values() for value in values]) for times in taken]
    few, many = (f"{size:,}" for size in SIZES)
    slowest = max(taken[0], key=lambda asked: statistics.median(taken[1][asked]) / statistics.median(taken[0][asked]))
    worst = statistics.median(taken[1][slowest]) / statistics.median(taken[0][slowest])
    note = f"{p95[1]:.1f} ms; {len(taken[0])} queries; the most by {slowest}: {worst:.2f}×"
    return [
        Figure(f"{name}: p95 of a page among {many} / among {few}", p95[1] / p95[0], most=1.5, note=note),
        Figure(f"{name}: publishing one that {WATCHERS:,} watch", publishing_took, "s", most=2, note=parts),
    ]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _pages(small: Place, large: Place) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Milliseconds of each query in turn on both, warmed up."""
    several = {
        f"{name}{said}": (replace(asked, tier=reader.tier), reader)
        for name, asked in ASKED.items()
        for said, reader in READERS.items()
    }
    taken = tuple({name: [] for name in several} for _ in SIZES)
    for number in range(ROUNDS + 3):
        for place, times in zip((small, large), taken, strict=True):
            with place.app.app_context():
                for name, (asked, reader) in several.items():
                    begun = time.perf_counter()
                    found = lists.listed(searching.page(asked).rows, reader)
                    spent = (time.perf_counter() - begun) * 1000
                    if not found:
                        raise RuntimeError(f"nothing found by {name}")
                    if number >= 3:
                        times[name].append(spent)
                    db.session.rollback()
    return taken


def _fill(place: Place, size: int) -> None:
    with place.app.app_context():
        house = _house()
        db.session.commit()
        with db.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"DROP INDEX {WORDS}")  # made anew when all is there, which is faster
            for start in range(1, size + 1, BATCH):
                numbers = range(start, min(start + BATCH, size + 1))
                rows = [_row(number, size, house) for number in numbers]
                connection.execute(_WRITTEN, rows)
                connection.execute(_RELEASED, rows)
                connection.execute(_ANNOUNCED, rows)
                _index(connection, rows)
        _settle(size)


def _house() -> int:
    """An enterprise with the companies that announce; returns its id."""
    owner = factories.an_organisation()
    for number in range(1, COMPANIES + 1):
        factories.a_company(organisation_id=owner.id, code=f"BENCH-{number}", **_names(number))
    return owner.id


def _names(number: int) -> dict[str, str]:
    return {"name_zh": f"测量企业{number}有限公司", "name_en": f"Bench Enterprise {number} Limited"}


def _parts(number: int) -> list[Pair]:
    return [COMMON, *(pair for every, pair in SOME.items() if number % every == 0)]


@cache
def _content(group: int) -> str:
    passages = [{"zh": part.zh, "en": part.en} for part in _parts(group)]
    return json.dumps({"prevailing": "zh", "passages": passages, "note": None, "files": []}, ensure_ascii=False)


def _group(number: int) -> int:
    """A number with the same passages, of which there are few."""
    return next((every for every in (200, 20, 2) if number % every == 0), 1)


def _row(number: int, size: int, house: int) -> dict:
    """What both tables hold of a release, written as both databases read it."""
    category = CATEGORIES[number // COMPANIES % len(CATEGORIES)]
    return {
        "id": number,
        "number": _number(number),
        "company": 1 + number % COMPANIES,
        "house": house,
        "category": category,
        "visibility": _visibility(category),
        "at": (LAST - STEP * (size - number)).strftime("%Y-%m-%d %H:%M:%S.%f"),
        "title_zh": f"关于第{number % MATTERS}号事项的公告",
        "title_en": f"Announcement on matter {number % MATTERS}",
        "content": _content(_group(number)),
        "corrects": number - COMPANIES if number % CORRECTED == 0 and number > COMPANIES else None,
    }


@cache
def _visibility(category: str) -> str:
    return visibility_on(categories()[category], LAST.date())


def _number(number: int) -> str:
    return f"{2000 + number // 1_000_000}-{number % 1_000_000:06d}"


_WRITTEN = text(
    "INSERT INTO announcement (id, company_id, organisation_id, state, state_at, version, category, visibility,"
    " prevailing, title_zh, title_en, title_script, body_zh, body_en, body_script, fresh, writers, saved_at,"
    " saved_by_label, said, signed_by_label, signed_digest) VALUES (:id, :company, :house, 'published', :at, 1,"
    " :category, :visibility, 'zh', :title_zh, :title_en, 'Hans', '-', '-', 'Hans', '{}', '[]', :at, '', '', '', '')"
)
_RELEASED = text(
    "INSERT INTO announcement_release (id, number, announcement_id, company_id, organisation_id, category, visibility,"
    " released_at, title_zh, title_en, title_script, content, digest_zh, digest_en, corrects_id, first_id)"
    " VALUES (:id, :number, :id, :company, :house, :category, :visibility, :at, :title_zh, :title_en, 'Hans', :content,"
    f" '{'0' * 64}', '{'0' * 64}', :corrects, :corrects)"
)

_ANNOUNCED = text("INSERT INTO announcement_announcer (company_id, release_id, place) VALUES (:company, :id, 0)")


@cache
def _text(number: int) -> str:
    """The tokens of the passages, cut once for all that have the same."""
    whole = "\n".join(side for part in _parts(number) for side in (part.zh, part.en))
    return source.read((), "", whole).tokens()["text"]


@cache
def _company(number: int) -> tuple[str, ...]:
    """The words by which a release is found by its company."""
    return source.read((), "\n".join((*_names(number).values(), f"BENCH-{number}")), "").title


@cache
def _title(matter: int) -> dict[str, str]:
    """The tokens of a title and how it sounds."""
    found = source.read((f"关于第{matter}号事项的公告", f"Announcement on matter {matter}"), "", "").tokens()
    return {field: found[field] for field in ("name", "sound")}


def _documents(rows: Iterable[dict]) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and tokens of each document, as the index would cut them."""
    for row in rows:
        number = row["id"]
        words = (*_company(row["company"]), *tokens.runs(row["number"]))
        cut = {"text": _text(_group(number)), "title": tokens.words(words), **_title(number % MATTERS)}
        *others, whole = searching.documents(number, row["visibility"])
        yield whole.number, cut
        for known in others:
            yield known.number, cut | dict.fromkeys(("text", "name", "sound"), "")


def _index(connection: Connection, rows: list[dict]) -> None:
    """What a search reads; what only forgetting a document needs is left out."""
    if connection.dialect.name == "sqlite":
        add = "INSERT INTO fulltext (rowid, text, name, title, sound) VALUES (:number, :text, :name, :title, :sound)"
        connection.execute(text(add), [{"number": number, **cut} for number, cut in _documents(rows)])
        return
    add = "INSERT INTO fulltext (number, language, tokens) VALUES (:number, '', CAST(:tokens AS tsvector))"
    found = [{"number": number, "tokens": tsvector(**cut)} for number, cut in _documents(rows)]
    connection.execute(text(add), found)


def _settle(size: int) -> None:
    """What a database in use does of itself: statistics, and the next numbers."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"CREATE INDEX {WORDS} ON fulltext USING gin (tokens)")
            for table in ("announcement", "announcement_release"):
                connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {size})")
        fulltext.pack(connection)
        connection.exec_driver_sql("ANALYZE")


def _published(place: Place) -> tuple[float, str]:
    """Seconds from the signature to the PDF and the last notification, the best of some, and its parts in words."""
    place.app.config["FACTSHEET_CACHE"] = str(place.folder / "sheets")
    with place.app.app_context():
        _pdf(place, _number(1))  # a process that has set one already
        found = min((_one_published(place) for _ in range(PUBLISHED)), key=sum)
        db.session.remove()
    return sum(found), "checked and released {:.2f}, PDF {:.2f}, queued {:.2f}".format(*found)


def _one_published(place: Place) -> tuple[float, float, float]:
    """Seconds of one: signed with its checks and released; on paper; queued for everybody who watches."""
    house, now = made.a_house(), made.NOON
    _watched(house.company.id, now)
    row = made.sent(house, now)
    db.session.commit()
    steps = [time.perf_counter()]
    made.signed(house, row, now=now)
    db.session.commit()
    steps.append(time.perf_counter())
    _pdf(place, queries.numbers([row.id])[row.id])
    steps.append(time.perf_counter())
    later, told = now + SETTLED + timedelta(minutes=1), 0
    while more := alerts.tell_due(now=later, stopping=lambda: False):
        told += more
    steps.append(time.perf_counter())
    if told != WATCHERS:
        raise RuntimeError(f"{told} of {WATCHERS} were told")
    released, printed, queued = (after - before for before, after in pairwise(steps))
    return released, printed, queued


def _watched(company_id: int, now: datetime) -> None:
    for _ in range(WATCHERS):
        person = factories.a_user()
        since = now - timedelta(days=1)
        db.session.add(Watch(account_id=person.id, company_id=company_id, since=since))
        kept = {"account_id": person.id, "subject": WATCHED, "query": "", "cadence": "daily"}
        db.session.add(Alert(**kept, created_at=since, checked_at=since, next_at=now))
    db.session.flush()


def _pdf(place: Place, number: str) -> None:
    answer = place.app.test_client().get(f"/en/announcements/{number}/announcement.pdf")
    if answer.status_code != 200:
        raise RuntimeError(f"the PDF of {number} answered {answer.status_code}")

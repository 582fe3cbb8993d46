"""Where an announcement goes once it is signed, and the one instant at which both texts become public under one number.

Whoever releases holds first the announcement, then the counter of the year, and writes the log last: so two at once
never wait for each other in a circle, and ids rise with the instant.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import structlog

from listing.access.actor import Actor, System
from listing.bilingual.pair import Pair
from listing.companies.operations.watching import announced
from listing.disclosure.announcements import (
    answering,
    checkers,
    endorsers,
    letters,
    parties,
    queries,
    rules,
    saying,
    searching,
    texts,
)
from listing.disclosure.announcements.models import Announcement, Announcer, Print, Release, Year
from listing.disclosure.announcements.standard import wording
from listing.disclosure.announcements.standard.filled import Filled
from listing.disclosure.tenures import queries as tenures
from listing.journal import canonical
from listing.journal import operations as journal
from listing.refusal import Refusal
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Document
from listing.store.inserting import insert

from . import closing
from .revision import digest, figures_of
from .slots import slot, stands
from .writing import asked_of, hold, log, step, void

RELEASER = System("announcements")
BATCH = 200
NAMES = ("name_zh", "name_en", "short_zh", "short_en", "code")
_log = structlog.get_logger()


def onward(announcement: Announcement, code: str, actor: Actor, now: datetime, **told) -> Announcement:
    """Lead what was just signed or read to whoever reads it next, to its window, or to everybody; note it as ``code``.

    Whoever calls holds it. Raises calendars.OutsideCalendar.
    """
    station = rules.station_after(announcement.state, asked_of(announcement))
    if station:
        step(announcement, station, now)
        letters.waits(announcement, now)
        log(code, announcement, actor, now, **told)
        return announcement
    window = slot(announcement, now)
    if window.holds(now):
        number = _next_number(now)
        log(code, announcement, actor, now, **told)
        _release(announcement, number, now)
        return announcement
    announcement.window_opens, announcement.window_closes = window.opens, window.closes
    step(announcement, "queue", now)
    log(code, announcement, actor, now, **told, window=window.opens)
    return announcement


def release_at_once(row: Announcement, reason: Pair, actor: Actor, now: datetime) -> None:
    """Release it outside the windows, for a reason that everybody reads; who calls has decided that and holds it."""
    number = _next_number(now)
    log("override_taken", row, actor, now, reason=[reason.zh, reason.en])
    _release(row, number, now, reason)


def release_due(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Release what waits for a window that is open; commits one by one and returns how many were released.

    Where the platform was away while the window was open, it goes on to the next one, and the release says so.
    """
    released = 0
    for announcement_id in queries.due(now, limit=BATCH):
        if stopping():
            break
        row = queries.by_id(announcement_id)
        hold(row)
        if row.state == rules.QUEUED:
            released += _tend(row, now)
        db.session.commit()
    return released


def _tend(row: Announcement, now: datetime) -> bool:
    """Release one announcement, or move it on to the next window."""
    shown = parties.all_on_display(row)
    window = slot(row, now)
    if row.signed_digest != digest(row):
        _log.error("announcement", differs_from_what_was_signed=row.id)
        return False
    if note_missed(row, shown, now) or not stands(row):
        row.window_opens, row.window_closes = window.opens, window.closes
    if not shown:
        closing.moot(row, rules.SUSPENDED, now)
    if not (shown and window.holds(now)):
        return False
    if not holds_today(row, now):
        _sent_home(row, now)
        return False
    _release(row, _next_number(now), now)
    return True


def note_missed(row: Announcement, shown: bool, now: datetime) -> bool:
    """Whether its window closed before it was released.

    The platform missed it then, unless a company was suspended or the day ceased to be one with that window.
    """
    closed = row.window_closes is not None and now >= row.window_closes
    if closed and shown and stands(row):
        row.missed = row.missed or row.window_opens
    return closed


def holds_today(row: Announcement, now: datetime) -> bool:
    """Whether a standard form may still be released as it was signed: a day to come may have passed meanwhile."""
    if row.form is None:
        return True
    found = Filled.from_json(row.form)
    try:
        wording.look(found.form, found.values, now.astimezone(queries.ZONE).date(), tenures.year_end(row.company_id))
    except Refusal:
        return False
    return True


def _sent_home(row: Announcement, now: datetime) -> None:
    """Make it a draft again, whose page says what holds it back; its people are told."""
    signatories = parties.signatories(row)
    step(row, "leave", now)
    void(row)
    closing.moot(row, rules.RETURNED, now)
    log("returned", row, RELEASER, now)
    letters.returned(row, now, signatories)


def _next_number(now: datetime) -> str:
    """The next number of the year; its row is held until the transaction ends, so numbers have no gap."""
    year = now.astimezone(queries.ZONE).year
    add = insert(Year).values(year=year, released=1)
    counted = add.on_conflict_do_update(index_elements=["year"], set_={"released": Year.released + 1})
    return rules.number(year, db.session.scalar(counted.returning(Year.released)))


def _release(row: Announcement, number: str, now: datetime, urgent: Pair | None = None) -> Release:
    """Make both texts public under one number at one instant."""
    given = figures_of(row)
    body = saying.filled(row.body, given)
    sides, passages = texts.sides(row.title, body), texts.passages(body)
    before = queries.release_by_id(row.corrects_id)
    note = {"zh": row.note.zh, "en": row.note.en} if row.note else None
    signed_by = endorsers.signed_by(row)
    endorsed = {"intermediaries": signed_by} if signed_by else {}
    formed = {"form": row.form} if row.form else {}
    behind = parties.companies_of(row)
    standard = answering.answered(row, behind, before, now)
    answered = {"standard": standard} if standard else {}
    release = Release(
        number=number,
        announcement_id=row.id,
        company_id=row.company_id,
        organisation_id=row.organisation_id,
        category=row.category,
        visibility=row.visibility,
        headline=row.headline,
        period_end=row.period_end,
        event_on=row.event_on,
        released_at=now,
        title=row.title,
        content={
            "prevailing": row.prevailing,
            "passages": [{"zh": part.zh, "en": part.en} for part in passages],
            "note": note,
            "files": row.files or [],
            **({"figures": given.as_json()} if given else {}),
            **formed,
            **endorsed,
            **answered,
            **_urgent(urgent),
            **_held(row),
        },
        digest_zh=texts.digest(sides["zh"]),
        digest_en=texts.digest(sides["en"]),
        corrects_id=row.corrects_id,
        first_id=(before.first_id or before.id) if before else None,
        missed=row.missed,
    )
    db.session.add(release)
    step(row, "release", now)
    closing.moot(row, rules.RELEASED, now)
    _remember(release, sides, behind)
    data = {"number": number, "company": row.company_id, "category": row.category, "signed": row.signed_digest}
    data |= {"visibility": row.visibility}
    data |= {"companies": [company.id for company in behind]} if behind[1:] else {}
    data |= {"people": sha256(canonical.encoded(canonical.plain(checkers.record(row)))).hexdigest()}
    data |= {"headline": row.headline} if row.headline else {}
    data |= texts.committed(sides, release.files)
    data |= {"corrects": before.number} if before else {}
    data |= {"figures": row.figures} if given else {}
    data |= {"missed": row.missed} if row.missed else {}
    data |= _held(row)
    data |= formed | endorsed | answered
    data |= _urgent(urgent)
    letters.released(row, now)
    code = "announcement.corrected" if before else "announcement.released"
    journal.append(code=code, data=data, actor=RELEASER, subject=("announcement", number, row.organisation_id), now=now)
    return release


def _urgent(reason: Pair | None) -> dict:
    return {"urgent": {"zh": reason.zh, "en": reason.en, "script": reason.script}} if reason else {}


def _held(row: Announcement) -> dict:
    """Until when its company held it back after the platform had missed its window: not all of that is ours."""
    late = row.missed and row.not_before and row.not_before > row.missed
    return {"held": row.not_before.isoformat()} if late else {}


def _remember(release: Release, sides: dict[str, str], behind: list) -> None:
    """Let it be found by words, digests and companies, and told to those who watch any of these."""
    prints = {key: what for what, text in sides.items() for key in (texts.digest(text), texts.loose(text))}
    prints |= {file["sha256"]: "file" for file in release.files}
    db.session.add_all(Print(digest=key, release_id=release.id, what=what) for key, what in prints.items())
    for place, company in enumerate(behind):
        db.session.add(Announcer(company_id=company.id, release_id=release.id, place=place))
        announced(company=company, now=release.released_at)
    fulltext.put(db.session, *documents(release, behind))
    db.session.flush()


def documents(release: Release, behind: list) -> list[Document]:
    """What the search finds a release by: its titles, its companies and number, its passages in both languages.

    Who may not read it finds it by its companies and number alone.
    """
    named = [name for company in behind for name in (getattr(company, each) for each in NAMES)] + [release.number]
    about = "\n".join(name for name in named if name)
    words = {
        "names": (release.title.zh, release.title.en),
        "title": about,
        "text": "\n".join(text for part in release.passages for text in (part.zh, part.en)),
    }
    return searching.documents(release.id, release.visibility, words, {"names": (), "title": about})

"""Writing an announcement, sending it to whoever signs, returning it to its writers.

Whoever saves is noted among its writers and cannot sign it.
"""

from collections.abc import Collection
from datetime import date, datetime

from listing.access.actor import Actor, System
from listing.bilingual import freshness
from listing.bilingual.freshness import Freshness
from listing.bilingual.pair import Pair
from listing.companies import own_terms
from listing.disclosure.announcements import (
    checkers,
    checks,
    embargo,
    headlines,
    joint,
    letters,
    parties,
    queries,
    readers,
    roles,
    rules,
    saying,
    texts,
)
from listing.disclosure.announcements.categories import categories, visibility_on
from listing.disclosure.announcements.models import Announcement, Release
from listing.disclosure.announcements.standard import filled
from listing.disclosure.announcements.visibility import settled
from listing.disclosure.tenures import queries as tenures
from listing.journal import operations as journal
from listing.refusal import Refusal
from listing.store.db import db

from . import barring, closing, inviting
from .revision import digest, figures_of

_EMPTY = Pair("", "")


def begin(*, company, corrects: Release | None = None, actor: Actor | System, now: datetime, **written) -> Announcement:
    """Begin an announcement of a company, or the correction of one it released; ``written`` as for ``save``.

    Raises AlreadyCorrected, ByItsForm and what ``_write`` raises.
    """
    if corrects is not None:
        barring.look_last(corrects)
        filled.look_same_way(corrects.form, written.get("form"))
    row = Announcement(
        company_id=company.id,
        organisation_id=company.organisation_id,
        corrects_id=corrects.id if corrects else None,
        state=rules.DRAFT,
        state_at=now,
        version=0,
        title=_EMPTY,
        body=_EMPTY,
        fresh={},
        writers=[],
        hands={},
        files=list(corrects.files) if corrects else [],
        figures=corrects.content.get("figures") if corrects else None,
    )
    _write(row, actor=actor, now=now, **written)
    db.session.add(row)
    db.session.flush()
    if corrects:
        others = parties.in_order(parties.behind([corrects.id])[corrects.id][1:])
        inviting.add(announcement=row, companies=others, actor=actor, now=now)
    log("begun", row, actor, now, corrects=corrects.number if corrects else None)
    return row


def save(*, announcement: Announcement, version: int, actor: Actor | System, now: datetime, **written) -> Announcement:
    """Save a draft over the version it was opened at. Raises NotNow, ChangedMeanwhile, ByItsForm."""
    hold(announcement)
    if announcement.state != rules.DRAFT:
        raise rules.NotNow
    if announcement.version != version:
        raise rules.ChangedMeanwhile
    filled.look_same_way(announcement.form, written.get("form"))
    _write(announcement, actor=actor, now=now, **written)
    db.session.flush()
    log("saved", announcement, actor, now, version=announcement.version)
    return announcement


def _write(
    row: Announcement,
    *,
    category: str,
    period_end: date | None,
    event_on: date | None,
    prevailing: str,
    title: Pair,
    body: Pair,
    note: Pair | None,
    headline: str | None = None,
    intermediary_id: int | None = None,
    form: dict | None = None,
    visibility: str = "",
    not_before: embargo.Typed | None = None,
    made: str = "",
    read: bool = False,
    actor: Actor | System,
    now: datetime,
) -> None:
    """``form`` is the standard form that the texts follow from, ``visibility`` who reads it
    where that is not whom the standard says.

    ``made`` names the side that a program wrote, ``read`` says that both were read against each other.

    Raises embargo.Half, embargo.Passed, embargo.TooFar, localtime.Skipped, localtime.Repeated, and the refusals of
    headlines.fit, roles.may_choose and visibility.settled.
    """
    headlines.fit(category, headline)
    corrects = queries.release_by_id(row.corrects_id)
    asked = visibility_on(categories().get(category), period_end or event_on or now.astimezone(queries.ZONE).date())
    row.visibility = settled(asked, visibility, corrects.visibility if corrects else None)
    if intermediary_id is not None:
        mandated = [mandate.agent_id for mandate in queries.mandates(row.company_id)]
        roles.may_choose(intermediary_id, tenures.choosable(row.company_id), mandated)
    row.intermediary_id = intermediary_id
    row.not_before = embargo.until(not_before, now) if not_before else None
    row.not_before_zone = not_before.zone if row.not_before else None
    before, new = texts.whole(row.title, row.body), texts.whole(title, body)
    by = str(actor.label)
    by_program = {made: freshness.TRANSLATED} if made in rules.SIDES else {}
    fresh = freshness.saved(before, new, Freshness.from_json(row.fresh), by=by, now=now, made=by_program)
    written = [] if form else roles.changed((row.title, row.body, row.note), (title, body, note))
    if read and new.complete:
        written += [side for side in rules.SIDES if fresh.made(new, side)]  # who vouches for it has translated it
        fresh = freshness.confirmed(new, fresh, by=by, now=now, machine_read=True)
    row.category, row.period_end, row.event_on, row.prevailing = category, period_end, event_on, prevailing
    row.headline = headlines.settled(category, headline)
    row.title, row.body, row.note, row.fresh = title, body, note, {} if form else fresh.as_json()
    row.form = form
    row.version += 1
    wrote(row, actor, now, written)


def wrote(row: Announcement, actor: Actor | System, now: datetime, sides: Collection[str] = ()) -> None:
    """Note who wrote last, and that she has written of it, and which sides."""
    if row.hands is not None:
        row.hands = roles.added(row.hands, sides, actor.user_id)
    row.saved_at, row.saved_by_label = now, str(actor.label)
    if actor.user_id and actor.user_id not in row.writers:
        row.writers = [*row.writers, actor.user_id]


def send(*, announcement: Announcement, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Send a draft to those who sign. Raises NotNow, ChangedSinceRead and what ``look_ready`` raises."""
    hold(announcement)
    if seen != digest(announcement):
        raise rules.ChangedSinceRead
    look_ready(announcement, now)
    step(announcement, "send", now)
    announcement.said = ""
    letters.waits(announcement, now, unchecked=checkers.asked(announcement) and not checkers.stands(announcement, seen))
    log("sent", announcement, actor, now, digest=seen)
    return announcement


def send_back(
    *, announcement: Announcement, reason: str, actor: Actor, now: datetime, station: str = rules.SENT
) -> Announcement:
    """Return what waits for a signature at a station, with what has to change. Raises NoReason, NotNow.

    What waits for an intermediary is returned by the one that is asked, or by a company that may sign it.
    """
    hold(announcement)
    if announcement.state != station:
        raise rules.NotNow
    own = any(joint.signs_for(actor, place.organisation_id) for place in parties.places(announcement))
    if station == rules.SPONSOR and not (own or parties.asked_as_intermediary(announcement, actor)):
        raise rules.NotNow
    signatories = parties.signatories(announcement)
    returned(announcement, reason, actor, now)
    letters.returned(announcement, now, signatories)
    return announcement


def returned(announcement: Announcement, reason: str, actor: Actor, now: datetime) -> None:
    """Make it a draft again: what was signed counts no more. Raises NoReason, NotNow."""
    ended(announcement, "return", "returned", reason, actor, now)
    void(announcement)


def void(announcement: Announcement) -> None:
    """What was signed for any of its companies, or read by the platform, counts no more; whoever calls holds it."""
    for place in parties.places(announcement):
        for column in ("signed_at", "signed_by", "endorsed_at", "endorsed_by", "endorsed_by_label", "endorsed_for"):
            setattr(place.row, column, None)
        place.row.signed_by_label = place.row.signed_digest = ""
    announcement.reviewed_at = announcement.reviewed_by = announcement.reviewed_by_label = None
    announcement.window_opens = announcement.window_closes = None
    announcement.moved_from = announcement.moved_why = None  # what is in force is what is signed next
    db.session.flush()


def ended(
    announcement: Announcement, event: str, code: str, reason: str, actor: Actor, now: datetime, **told
) -> Announcement:
    """Take it off its way with a reason; the entry of the log keeps ``told`` beside. Raises NoReason, NotNow."""
    if not reason.strip():
        raise rules.NoReason
    hold(announcement)
    step(announcement, event, now)
    announcement.said = reason.strip()[: rules.NOTE_LONGEST]
    announcement.window_opens = announcement.window_closes = None
    closing.moot(announcement, code, now)
    log(code, announcement, actor, now, **told)
    return announcement


def hold(announcement: Announcement) -> None:
    """Read it anew and keep it until the transaction ends, so that of two who act one finds what the other did."""
    db.session.flush()
    db.session.refresh(announcement, with_for_update=True)


def step(announcement: Announcement, event: str, now: datetime) -> None:
    """Move it along rules.STEPS; whoever calls holds it. Raises NotNow."""
    announcement.state, announcement.state_at = rules.after(announcement.state, event), now
    db.session.flush()


def checked(announcement: Announcement, now: datetime, reader: Actor | None = None) -> checks.Checked:
    """What holds an announcement back and what is worth a look, the day it speaks of and its company included.

    What was announced a year ago is told to a ``reader`` who may read it.
    """
    own = own_terms.for_checking(own_terms.of(announcement.company_id))
    fresh = None if announcement.form else Freshness.from_json(announcement.fresh)
    given = figures_of(announcement)
    said = {"released": saying.filled(announcement.body, given)}
    found = checks.checked(announcement.title, announcement.body, announcement.note, fresh, own, **said)
    found.blocks.extend(checks.of_files(announcement.files or []))
    found.blocks.extend(checks.of_figures(given, said["released"]))
    earlier = queries.year_before(announcement) if given and reader else None
    if earlier and not readers.seen([earlier], reader)[0].withheld:
        found.warns.extend(checks.of_earlier(given, {earlier.number: earlier.figures}))
    found.warns.extend(checks.of_readers(announcement, queries.release_by_id(announcement.corrects_id)))
    try:
        barring.look(announcement, now)
    except Refusal as refusal:
        found.blocks.insert(0, checks.Said("", refusal.message, refusal.params))
    return found


def look_ready(announcement: Announcement, now: datetime) -> None:
    """Raise NotReady where anything holds it back; the page lists what."""
    if checked(announcement, now).blocks:
        raise rules.NotReady


def asked_of(announcement: Announcement) -> set[str]:
    """Who reads it besides its company: its intermediary where one is asked for, the platform by its category."""
    category = categories().get(announcement.category)
    found = {rules.REVIEW} if category and category.reviewed else set()
    return found | ({rules.SPONSOR} if parties.asking(announcement) else set())


def log(code: str, row: Announcement, actor: Actor | System, now: datetime, **data) -> None:
    """One entry of the log about an announcement that is not released yet; values that are none are left out."""
    told = {key: value for key, value in data.items() if value is not None}
    subject = ("announcement_draft", row.id, row.organisation_id)
    journal.append(code=f"announcement.{code}", data=told, actor=actor, subject=subject, now=now)

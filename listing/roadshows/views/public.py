"""What everybody sees: the roadshows to come, those held, and one with its agenda."""

from flask import abort, render_template

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.roadshows import attending, lists, queries, rules, telling, waiting
from listing.roadshows import changes as told_changes
from listing.roadshows.forms import LANGUAGE_LABELS, MODE_LABELS, Button
from listing.roadshows.meetings import queries as meetings
from listing.roadshows.operations import planning
from listing.roadshows.presenting import questions as voting
from listing.roadshows.presenting import reading
from listing.roadshows.presenting.forms import WRITTEN_LABELS
from listing.roadshows.recording import queries as recording
from listing.roadshows.recording import shown
from listing.web import paging
from listing.web.page import now

from . import limits
from .blueprint import HOME, public

LAST_CHANGES = 3


@public.get(HOME)
@requires(Permission.PUBLIC)
def index():
    """The roadshows to come, a page at a time, and the last of those held."""
    after = paging.after_instant()
    coming, past = lists.coming(now(), after=after), [] if after else lists.past(now())
    organizers = accounts.named({show.organisation_id for show in (*coming.rows, *past)})
    onward = paging.mark(coming.last.begins_at, coming.last.id) if coming.last else None
    return render_template("roadshows/index.html", coming=coming.rows, past=past, organizers=organizers, onward=onward)


@public.get(f"{HOME}/<code>")
@requires(Permission.PUBLIC)
def show(code: str):
    """One roadshow: when, where, who presents, how to take part, and how the reader's registrations stand."""
    found = queries.shown(code) or abort(404)
    own = queries.own_of(found, actor().user_id) if actor().authenticated else {}
    at, told, asked = now(), lists.changes(found, size=LAST_CHANGES), shown.questions(found, actor())
    standing = planning.standing(found, at)
    return render_template(
        "roadshows/show.html",
        show=found,
        organizer=accounts.organisation(found.organisation_id),
        standing=standing,
        aloud=shown.aloud(found) if standing in shown.OVER else {},
        record=shown.attendance(found) if standing in shown.OVER else {},
        companies=presentable.of(shown.presenting(found) | telling.named(told.rows)),
        may_replay=shown.is_inside(found, actor()),
        rated=_rated(found, own, at) if found.state == rules.PUBLISHED else {},
        series=lists.series(found),
        changes=told,
        read=told_changes.read,
        own=own,
        ends={row.id: attending.ending(row.day, row.organisation_id, actor()) for row in own.values()},
        positions={row.id: waiting.position(row) for row in own.values() if row.state == rules.WAITLISTED},
        opened=found.registration_opens_at <= at < found.registration_closes_at,
        may_register=may(Permission.ROADSHOW_REGISTER),
        groups=groups_of(own.values()),
        lacking=attending.lacking(found, actor()),
        labels=limits.labels() if limits.is_limited(found) else {},
        grades=limits.grades(),
        admitted=any(standing.open for standing in actor().standings),
        languages_spoken=LANGUAGE_LABELS,
        modes=MODE_LABELS,
        at=at,
        meetings=meetings.of_roadshow(found) if own else {},
        materials=reading.of_roadshow(
            found, actor(), {day for day, row in own.items() if row.state == rules.CONFIRMED}
        ),
        written=WRITTEN_LABELS,
        questions=asked,
        **_votes(found, asked),
        answering=queries.answering(found),
        asked_until=found.ends_at + rules.ASKED_AFTER,
        form=Button(),
    )


def groups_of(own) -> dict[int, list[str]]:
    """With whom the reader registered, by registration: the names of colleagues whose registrations stand."""
    rows = {row.id: waiting.together(row, *rules.LIVE) for row in own if row.party is not None}
    people = accounts.people({each.account_id for along in rows.values() for each in along})
    return {n: [people[each.account_id].name for each in along if each.id != n] for n, along in rows.items()}


def _rated(show, own, at) -> dict[int, bool]:
    """The sessions that are over whose company the reader may speak of, and whether they did, by number."""
    days = {day_id for day_id, row in own.items() if recording.is_attendee(row)}
    said = recording.sessions_of(actor().user_id) if days else set()
    over = [s for day in show.days if day.id in days for s in day.shown if s.ends_at <= at]
    return {s.id: s.id in said for s in over if s.company_id}


def _votes(show, asked: dict[int, list]) -> dict[str, object]:
    """How many want which question answered, and whether the reader is among them or may be."""
    ids = [row.id for rows in asked.values() for row in rows]
    mine = voting.voted(ids, actor().user_id)
    return {"wanted": voting.votes(ids), "own_votes": mine, "may_vote": bool(ids) and voting.may_vote(show, actor())}

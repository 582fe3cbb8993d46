"""What everybody sees: the roadshows to come, those held, and one with its agenda."""

from flask import abort, render_template

from listing.access.actor import Tier
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.roadshows import lists, queries, rules
from listing.roadshows.forms import LANGUAGE_LABELS, MODE_LABELS, Button
from listing.roadshows.meetings import queries as meetings
from listing.roadshows.operations import planning
from listing.web import paging
from listing.web.page import now

from .blueprint import HOME, public


@public.get(HOME)
@requires(Permission.PUBLIC)
def index():
    """The roadshows to come, a page at a time, and the last of those held."""
    after = paging.after_instant()
    coming, past = lists.coming(now(), after=after), [] if after else queries.past(now())
    organizers = accounts.named({show.organisation_id for show in (*coming.rows, *past)})
    onward = paging.mark(coming.last.begins_at, coming.last.id) if coming.last else None
    return render_template("roadshows/index.html", coming=coming.rows, past=past, organizers=organizers, onward=onward)


@public.get(f"{HOME}/<code>")
@requires(Permission.PUBLIC)
def show(code: str):
    """One roadshow: when, where, who presents, how to take part, and how the reader's registrations stand."""
    found = queries.shown(code) or abort(404)
    own = queries.own_of(found, actor().user_id) if actor().authenticated else {}
    at = now()
    return render_template(
        "roadshows/show.html",
        show=found,
        organizer=accounts.organisation(found.organisation_id),
        standing=planning.standing(found, at),
        companies=presentable.of({s.company_id for day in found.days for s in day.sessions if s.company_id}),
        own=own,
        positions={row.id: queries.position(row) for row in own.values() if row.state == rules.WAITLISTED},
        opened=found.registration_opens_at <= at < found.registration_closes_at,
        may_register=may(Permission.ROADSHOW_REGISTER),
        admitted=any(standing.open for standing in actor().standings),
        languages_spoken=LANGUAGE_LABELS,
        modes=MODE_LABELS,
        at=at,
        meetings=meetings.of_roadshow(found) if own else {},
        questions=_questions(found),
        asked_until=found.ends_at + rules.ASKED_AFTER,
        form=Button(),
    )


def _questions(show) -> dict[int, list]:
    """The published questions by session, for admitted investors and the organizer."""
    if actor().tier < Tier.ADMITTED and actor().membership(show.organisation_id) is None:
        return {}
    found: dict[int, list] = {}
    for row in queries.questions(show):
        if row.state == rules.PUBLIC:
            found.setdefault(row.session_id, []).append(row)
    return found

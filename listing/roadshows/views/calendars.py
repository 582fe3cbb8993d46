"""Calendars: of a roadshow for everybody, of one's own day, and of all one's days by a link that can be ended.

Beside them the code that is shown at the door.
"""

import io

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.later import qrcode, svg
from listing.roadshows import calendar, links, queries, rules
from listing.roadshows.forms import MODE_LABELS, Button
from listing.roadshows.meetings import calendar as own_meetings
from listing.roadshows.meetings import queries as one_to_ones
from listing.roadshows.operations import feeding
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import HOME, public


@public.get(f"{HOME}/<code>/calendar.ics")
@requires(Permission.PUBLIC)
def ics(code: str):
    """The days of a roadshow."""
    show = queries.shown(code) or abort(404)
    return calendar.answer(calendar.of_days(show.days, now=now()), show.code)


@public.get(f"{HOME}/registrations/<int:registration_id>/calendar.ics")
@requires(Permission.ROADSHOW_REGISTER)
def own_ics(registration_id: int):
    """One's own day."""
    row = queries.own(registration_id, actor().user_id) or abort(404)
    person = accounts.person_by_id(actor().user_id)
    return calendar.answer(calendar.of_registration(row, person, now=now()), row.day.roadshow.code)


@public.get("/roadshows/calendar/<token>.ics")
@requires(Permission.PUBLIC)
def feed(token: str):
    """All days of the person who made the link; needs no sign-in, because calendar programs have none."""
    found = links.feed_of(token) or abort(404)
    if not accounts.person_by_id(found.account_id).active:
        abort(404)
    meetings = own_meetings.entries(one_to_ones.of_person(found.account_id), rules.INVESTOR)
    return calendar.answer(calendar.of_person(queries.of_person(found.account_id), meetings, now=now()), "roadshows")


@public.get("/<ui:lang>/desk/roadshows")
@requires(Permission.ROADSHOW_REGISTER)
def mine():
    """One's own registrations and meetings, and the calendar link."""
    found = queries.feed_of(actor().user_id)
    link = url_for("roadshows.feed", token=links.token(found), _external=True) if found else None
    rows = queries.of_person(actor().user_id)
    meetings = one_to_ones.of_person(actor().user_id)
    return render_template(
        "roadshows/mine.html",
        rows=rows,
        meetings=meetings,
        companies=presentable.of({meeting.company_id for meeting in meetings}),
        link=link,
        at=now(),
        form=Button(),
        modes=MODE_LABELS,
    )


@public.post("/<ui:lang>/desk/roadshows/link/<any(make, end):what>")
@requires(Permission.ROADSHOW_REGISTER)
def link(what: str):
    """Make the calendar link anew, or end it."""
    operation = {"make": feeding.make, "end": feeding.end}[what]
    if accepted(Button(), operation, actor=actor(), now=now()):
        flash(_("The link is ready.") if what == "make" else _("The link has ended."))
    return redirect(url_for("roadshows.mine"), 303)


@public.get(f"{HOME}/registrations/<int:registration_id>/code.svg")
@requires(Permission.ROADSHOW_REGISTER)
def code(registration_id: int):
    """The code that one shows at the door."""
    row = queries.own(registration_id, actor().user_id) or abort(404)
    if row.state != rules.CONFIRMED:
        abort(404)
    where = url_for("planning.scan", token=links.door_token(row), _external=True)
    target = io.BytesIO()
    qrcode.make(where, image_factory=svg.SvgPathFillImage, border=4, box_size=10).save(target)
    return Response(target.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "private, no-store"})

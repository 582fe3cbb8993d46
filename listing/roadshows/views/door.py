"""The organizer's page at the door: names looked up, codes scanned, who came, and what begins late."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.roadshows import agenda, links, lists, queries, rules
from listing.roadshows.forms import MODE_LABELS, Button, SeenForm
from listing.roadshows.operations import door as arrivals
from listing.web import paging
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import PATH, asked_day, managing, of_address


@managing.get(f"{PATH}/door")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def door(roadshow_id: int):
    """Those with a place on one day, all or those whose name or institution holds what was typed; prints as a list."""
    show = queries.by_id(roadshow_id)
    day, typed = asked_day(show), request.args.get("q", "").strip()[:100]
    found = lists.door(day.id, typed=typed, after=paging.after_number()) if day else None
    rows = found.page.rows if found else []
    return render_template(
        "roadshows/door.html",
        show=show,
        day=day,
        typed=typed,
        found=found,
        people=accounts.people({row.account_id for row in rows}),
        institutions=accounts.organisations({row.organisation_id for row in rows}),
        modes=MODE_LABELS,
    )


@managing.get("/roadshows/door/<token>")
@requires(Permission.EVENTS_ENTER)
def scan(token: str):
    """Where a scanned code leads: to the door, with the name that belongs to it."""
    row = links.registration_of(token) or abort(404)
    person = accounts.person_by_id(row.account_id)
    where = {"roadshow_id": row.day.roadshow_id, "day": row.day_id, "q": person.name}
    if actor().membership(row.day.roadshow.organisation_id) is None:
        abort(404)
    return redirect(url_for("planning.door", **where))


@managing.post(f"{PATH}/people/<int:registration_id>/<any(arrived, undo):done>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def arrive(roadshow_id: int, registration_id: int, done: str):
    """Note that somebody came, or take it back."""
    row, form = queries.registration_of(roadshow_id, registration_id) or abort(404), Button()
    day_id, operation = row.day_id, {"arrived": arrivals.check_in, "undo": arrivals.undo}[done]
    refusals = (rules.NotToday, rules.NoPlace, rules.CameAlready, rules.EndedAdmission, rules.NotNow)
    if accepted(form, operation, *refusals, row=row, actor=actor(), now=now()) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("planning.door", roadshow_id=roadshow_id, day=day_id), 303)


@managing.post(f'{PATH}/sessions/<int:slot_id>/<any("5", "10"):minutes>-minutes-<any("later", "longer"):shift>')
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def delay(roadshow_id: int, slot_id: int, minutes: str, shift: str):
    """Let a session begin later or take longer, and those after it begin later."""
    session, form = queries.session_of(roadshow_id, slot_id) or abort(404), SeenForm()
    day_id, refusals = session.day_id, (rules.NotNow, agenda.Reversed)
    said = {"session": session, "minutes": int(minutes), "actor": actor(), "now": now()}
    operation = {"later": arrivals.delay, "longer": arrivals.prolong}[shift]
    if accepted(form, operation, *refusals, **said) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("planning.show", roadshow_id=roadshow_id, _anchor=f"day-{day_id}"), 303)

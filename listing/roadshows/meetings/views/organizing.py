"""The organizer's pages of one-to-ones: opened, worked out, locked, undone, published, printed."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.refusal import Refusal
from listing.roadshows import agenda
from listing.roadshows import rules as shows
from listing.roadshows.forms import Button
from listing.roadshows.meetings import queries, rules
from listing.roadshows.meetings.forms import RoundForm, RunForm
from listing.roadshows.meetings.operations import opening, running
from listing.store.db import db
from listing.web.page import now, words
from listing.web.turn import accepted, created

from .blueprint import DESK, bp, day_of, names_of, of_address, round_of

_OPENING = (shows.NotNow, rules.Published, rules.SlotsInUse, rules.ClosesLate, agenda.OutsideDay)
_CLOCKS = (agenda.Skipped, agenda.Repeated)
_RUNNING = (shows.NotNow, rules.Published, rules.InputChanged, rules.LocksClash, rules.StillOpen)


def _home(roadshow_id: int, day_id: int, anchor: str | None = None) -> str:
    return url_for("meetings.show", roadshow_id=roadshow_id, day_id=day_id, _anchor=anchor)


@bp.get(DESK)
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def show(roadshow_id: int, day_id: int):
    """Who takes part, and the timetable worked out last."""
    day = day_of(roadshow_id, day_id)
    found = queries.of_day(day.id)
    if found is None:
        return redirect(url_for("meetings.setup", roadshow_id=roadshow_id, day_id=day_id), 303)
    run, at = queries.current(found), now()
    guests, presenters = queries.guests(found, at), queries.presenters(day)
    data = running.written(found, at)
    return render_template(
        "roadshows/meetings/show.html",
        show=day.roadshow,
        day=day,
        round=found,
        run=run,
        times=found.slots.times(),
        wrote={row.company_id for row in queries.parties(found)},
        taking_part=guests,
        presenters=presenters,
        was=running.places(queries.published(found)),
        changed=bool(run) and run.digest != rules.digest(data),
        clashing=running.locks_clashing(data) if data["locked"] else [],
        clashes=rules.CLASHES,
        reasons=rules.REASONS,
        form=RunForm(),
        at=at,
        **names_of(run, guests=guests, companies=presenters),
    )


@bp.route(f"{DESK}/setup", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def setup(roadshow_id: int, day_id: int):
    """Open the one-to-ones of a day, or change them."""
    day = day_of(roadshow_id, day_id)
    form = RoundForm(data=_kept(queries.of_day(day.id), day))
    if accepted(form, opening.keep, *_OPENING, *_CLOCKS, day=day, actor=actor(), now=now()):
        return redirect(_home(roadshow_id, day_id), 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("roadshows/meetings/setup.html", form=form, show=day.roadshow, day=day), status


def _kept(found, day) -> dict:
    zone = day.roadshow.zone
    if found is None:
        return {"begins": agenda.local(day.begins_at, zone).time()}
    names = ("minutes", "pause", "count", "interpreters", "investor_most", "company_most", "min_gap")
    return {name: getattr(found, name) for name in names} | {
        "begins": agenda.local(found.slots.times()[0][0], zone).time(),
        "closes": agenda.local(found.closes_at, zone).replace(tzinfo=None),
        "rooms": "\n".join(found.rooms),
    }


@bp.post(f"{DESK}/run")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def run(roadshow_id: int, day_id: int):
    """Work a timetable out; the database is let go while the solver works."""
    found, form, at = round_of(roadshow_id, day_id), RunForm(), now()
    there = _home(roadshow_id, day_id, "timetable")
    if not form.validate_on_submit():
        return _refused(form, there)
    data = running.written(found, at)
    before = running.standing(found, data)
    db.session.rollback()
    try:
        answer = running.worked_out(data, before)
    except Refusal as refusal:
        form.form_errors.append(words(refusal))
        return _refused(form, there)
    found = round_of(roadshow_id, day_id)
    said = {"found": found, "answer": answer, "actor": actor(), "now": at}
    return created(form, running.keep, *_RUNNING, then=lambda _run: there, **said) or _refused(form, there)


def _refused(form, there: str):
    flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(there, 303)


@bp.post(f"{DESK}/<int:meeting_id>/<any(lock, unlock):whether>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def lock(roadshow_id: int, day_id: int, meeting_id: int, whether: str):
    """Let a meeting stand when the timetable is worked out again, or not."""
    meeting = queries.meeting_of(round_of(roadshow_id, day_id).day_id, meeting_id)
    return _turn(roadshow_id, day_id, running.lock, meeting=meeting, locked=whether == "lock")


@bp.post(f"{DESK}/runs/<int:run_id>/<any(undo, publish):step>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def decide(roadshow_id: int, day_id: int, run_id: int, step: str):
    """Take a timetable back, or publish it."""
    found = queries.run_of(round_of(roadshow_id, day_id).day_id, run_id)
    return _turn(roadshow_id, day_id, {"undo": running.undo, "publish": running.publish}[step], run=found)


def _turn(roadshow_id: int, day_id: int, operation, **what):
    form = Button()
    if None in what.values():
        form.form_errors.append(words(shows.NotNow()))
    elif accepted(form, operation, *_RUNNING, actor=actor(), now=now(), **what):
        return redirect(_home(roadshow_id, day_id, "timetable"), 303)
    return _refused(form, _home(roadshow_id, day_id, "timetable"))


@bp.get(f"{DESK}/plan")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def plan(roadshow_id: int, day_id: int):
    """The published timetable, or else the draft, room by room, to be printed."""
    found = round_of(roadshow_id, day_id)
    run = queries.published(found) or queries.current(found)
    seats = {(m.slot, m.room): m for m in run.meetings if not m.cancelled_at} if run else {}
    said = {"round": found, "run": run, "times": found.slots.times(), "seats": seats}
    day = found.day
    return render_template("roadshows/meetings/plan.html", show=day.roadshow, day=day, **said, **names_of(run))

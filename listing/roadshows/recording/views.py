"""Pages after a roadshow: an attendee's word on a company, and the organizer's whole picture."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.views.blueprint import HOME, PATH, managing, of_address, public
from listing.web.page import now
from listing.web.turn import accepted

from . import operations, queries, rules
from .forms import FeedbackForm, ReplayForm


@public.route(f"{HOME}/<code>/sessions/<int:slot_id>/feedback", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_REGISTER)
def feedback(code: str, slot_id: int):
    """Say what one thought of the company of a session, or say it anew."""
    show = roadshows.shown(code) or abort(404)
    session = roadshows.session_of(show.id, slot_id) or abort(404)
    took_part = queries.is_attendee(roadshows.registration(session.day_id, actor().user_id))
    if not took_part or not session.company_id or now() < session.ends_at:
        abort(404)
    form = FeedbackForm(obj=queries.of_person(session.id, actor().user_id))
    refusals = (shows.NotNow, rules.WasAway)
    if accepted(form, operations.say, *refusals, session=session, actor=actor(), now=now()):
        flash(_("Thank you. You can change it until the organiser archives the roadshow."))
        return redirect(url_for("roadshows.show", code=code, _anchor=f"day-{session.day_id}"), 303)
    said = {"form": form, "show": show, "session": session, "companies": presentable.of({session.company_id})}
    return render_template("roadshows/recording/feedback.html", **said), 422 if form.errors or form.form_errors else 200


@managing.get(f"{PATH}/record")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def record(roadshow_id: int):
    """How far people came with each company, what they thought, and where the recordings lie."""
    show = roadshows.by_id(roadshow_id)
    said, steps = queries.of_roadshow(show), queries.steps(show)
    return render_template(
        "roadshows/recording/record.html",
        show=show,
        at=now(),
        steps=steps,
        said=said,
        companies=presentable.of(set(steps) | {row.company_id for row in said}),
        people=accounts.people({row.account_id for row in said}),
        institutions=accounts.organisations({row.registration.organisation_id for row in said}),
        few=rules.FEW,
    )


@managing.route(f"{PATH}/days/<int:day_id>/replay", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def replay(roadshow_id: int, day_id: int):
    """Say where the recording of a day lies."""
    day = roadshows.day_of(roadshow_id, day_id) or abort(404)
    form, refusals = ReplayForm(data={"replay": day.replay}), (shows.NotNow, rules.ElsewhereKept)
    if accepted(form, operations.put_replay, *refusals, day=day, actor=actor(), now=now()):
        return redirect(url_for("planning.record", roadshow_id=roadshow_id), 303)
    day = roadshows.day_of(roadshow_id, day_id) or abort(404)
    said = {"form": form, "show": day.roadshow, "day": day, "hosts": rules.HOSTS}
    return render_template("roadshows/recording/replay.html", **said), 422 if form.errors or form.form_errors else 200

"""Who speaks in a session: the organizer's page, and that of the company which presents there."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.roadshows import agenda, queries
from listing.roadshows import rules as shows
from listing.roadshows.forms import LANGUAGE_LABELS, Button
from listing.roadshows.presenting import rules
from listing.roadshows.presenting.forms import SpeakerForm
from listing.roadshows.presenting.operations import speaking
from listing.roadshows.views.blueprint import PATH, managing, of_address
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import STUDIO, bp, company_of, session_of

_REFUSALS = (shows.NotNow, rules.TooManySpeakers, rules.HalfARole, agenda.SpeakerTaken)


@managing.route(f"{PATH}/sessions/<int:slot_id>/speakers", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def speakers(roadshow_id: int, slot_id: int):
    """Who speaks in a session, for the organizer."""
    session = queries.session_of(roadshow_id, slot_id) or abort(404)
    there = url_for("planning.speakers", roadshow_id=roadshow_id, slot_id=slot_id)
    home = url_for("planning.show", roadshow_id=roadshow_id)
    return _turn(session, there, home, lambda: queries.session_of(roadshow_id, slot_id) or abort(404))


@bp.route(f"{STUDIO}/speakers", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=company_of)
def own_speakers(presentation_id: int):
    """Who speaks for a company."""
    session, there = session_of(presentation_id), url_for("presenting.own_speakers", presentation_id=presentation_id)
    home = url_for("presenting.own", presentation_id=presentation_id)
    return _turn(session, there, home, lambda: session_of(presentation_id), company_id=session.company_id)


def _turn(session, there: str, home: str, again, **by):
    """Add somebody, or show who is there; ``again`` finds the session after a refusal."""
    form, said = SpeakerForm(), {"session": session, "actor": actor(), "now": now(), **by}
    if answer := created(form, speaking.name, *_REFUSALS, then=lambda _row: there, **said):
        return answer
    session = again()
    return render_template(
        "roadshows/presenting/speakers.html",
        form=form,
        session=session,
        there=there,
        home=home,
        show=session.day.roadshow,
        companies=presentable.of({session.company_id} if session.company_id else ()),
        languages_spoken=LANGUAGE_LABELS,
    ), 422 if form.errors or form.form_errors else 200


@managing.post(f"{PATH}/sessions/<int:slot_id>/speakers/<int:speaker_id>/remove")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def remove_speaker(roadshow_id: int, slot_id: int, speaker_id: int):
    """Take somebody out of a session."""
    session = queries.session_of(roadshow_id, slot_id) or abort(404)
    return _left_out(session, speaker_id, url_for("planning.speakers", roadshow_id=roadshow_id, slot_id=slot_id))


@bp.post(f"{STUDIO}/speakers/<int:speaker_id>/remove")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def remove_own_speaker(presentation_id: int, speaker_id: int):
    """Take somebody out of a company's session."""
    there, session = url_for("presenting.own_speakers", presentation_id=presentation_id), session_of(presentation_id)
    return _left_out(session, speaker_id, there, company_id=session.company_id)


def _left_out(session, speaker_id: int, there: str, **by):
    form, found = Button(), next((each for each in session.speakers if each.id == speaker_id), None) or abort(404)
    if accepted(form, speaking.leave_out, shows.NotNow, speaker=found, **by, actor=actor(), now=now()) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(there, 303)

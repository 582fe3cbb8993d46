"""What a company sees of its part in a roadshow, and its answer."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.roadshows import rules as shows
from listing.roadshows.forms import LANGUAGE_LABELS, Button
from listing.roadshows.operations import planning
from listing.roadshows.presenting import queries, questions, rules
from listing.roadshows.presenting.forms import DeclineForm
from listing.roadshows.presenting.operations import inviting
from listing.roadshows.recording import queries as recording
from listing.roadshows.recording.rules import FEW
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import STUDIO, bp, company_of


@bp.get(STUDIO)
@requires(Permission.PROFILE_EDIT, subject=company_of)
def own(presentation_id: int):
    """The session a company is asked for, and what it answered."""
    return _page(presentation_id, _declining(presentation_id))


def _declining(presentation_id: int) -> DeclineForm:
    """The form to decline with, and the companies that may present instead."""
    row, english = queries.by_id(presentation_id), language() == "en"
    others = [c for c in presentable.candidates() if not c.reason and c.id != row.company_id]
    return DeclineForm(companies=[(c.id, c.name.en if english else c.name.zh) for c in others])


def _page(presentation_id: int, form: DeclineForm, said: str = ""):
    row = queries.by_id(presentation_id) or abort(404)
    session, show = row.session, row.session.day.roadshow
    standing = planning.standing(show, now())
    return render_template(
        "roadshows/presenting/own.html",
        row=row,
        session=session,
        show=show,
        form=form,
        said=said,
        organizer=accounts.organisation(show.organisation_id),
        companies=presentable.of({n for n in (row.company_id, row.substitute_id) if n}),
        languages_spoken=LANGUAGE_LABELS,
        standing=standing,
        thought=recording.said(session, row.company_id) if row.state == rules.CONFIRMED else None,
        steps=recording.steps(show).get(row.company_id) if now() >= session.ends_at else None,
        few=FEW,
        brought=len(queries.current([session]).get(session.id, [])),
        waiting=questions.waiting(session),
        due=rules.materials_due(session.day.date),
        open=row.state in rules.TOLD and show.state in (shows.DRAFT, shows.PUBLISHED) and now() < session.begins_at,
    ), 422 if said or form.errors or form.form_errors else 200


@bp.post(f"{STUDIO}/confirm")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def confirm(presentation_id: int):
    """Agree to present."""
    row, form = queries.by_id(presentation_id), Button()
    refusals = (shows.NotNow, rules.NotFit)
    if accepted(form, inviting.confirm, *refusals, row=row, actor=actor(), now=now()):
        flash(_("Your company stands on the agenda. The organiser is told."))
        return redirect(url_for("presenting.own", presentation_id=presentation_id), 303)
    said = " ".join(form.form_errors) or _("Nothing was changed. Try again.")
    return _page(presentation_id, _declining(presentation_id), said)


@bp.post(f"{STUDIO}/decline")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def decline(presentation_id: int):
    """Decline, or step back from what was agreed."""
    form, row = _declining(presentation_id), queries.by_id(presentation_id)
    refusals = (shows.NotNow, rules.Unreasoned, rules.NoSubstitute)
    if accepted(form, inviting.decline, *refusals, row=row, actor=actor(), now=now()):
        flash(_("You declined. The session is free for another company, and the organiser is told."))
        return redirect(url_for("presenting.own", presentation_id=presentation_id), 303)
    return _page(presentation_id, form)

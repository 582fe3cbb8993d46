"""Questions in a company's studio, with its answers; and the votes of those with a place."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.actor import Tier
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.bilingual.unsound import Unsound
from listing.companies import presentable
from listing.roadshows import queries
from listing.roadshows import rules as shows
from listing.roadshows.fields import spread
from listing.roadshows.forms import Button
from listing.roadshows.presenting import questions, rules
from listing.roadshows.presenting.forms import ReplyForm
from listing.roadshows.presenting.operations import replying
from listing.roadshows.views.blueprint import HOME, public
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import STUDIO, bp, company_of, session_of


@bp.get(f"{STUDIO}/questions")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def own_questions(presentation_id: int):
    """What was asked of a company, those most wanted first."""
    session = session_of(presentation_id)
    rows = questions.of_session(session)
    wanted, named = questions.votes([row.id for row in rows]), [row for row in rows if not row.anonymous]
    return render_template(
        "roadshows/presenting/questions.html",
        presentation_id=presentation_id,
        session=session,
        show=session.day.roadshow,
        rows=sorted(rows, key=lambda row: (bool(row.reply.complete or row.answered_at), -wanted[row.id], row.id)),
        wanted=wanted,
        people=accounts.people({row.account_id for row in named}),
        institutions=accounts.named({row.organisation_id for row in named}),
        companies=presentable.of({session.company_id}),
    )


@bp.route(f"{STUDIO}/questions/<int:asked_id>", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=company_of)
def reply(presentation_id: int, asked_id: int):
    """Write the answer of a company in both languages."""
    row = questions.by_id(session_of(presentation_id), asked_id) or abort(404)
    form = ReplyForm(data=spread(answer=row.reply) | {"material": row.material_owed})
    refusals = (shows.NotNow, rules.HalfAnAnswer, Unsound)
    said = {"row": row, "presentation_id": presentation_id, "actor": actor(), "now": now()}
    if accepted(form, replying.reply, *refusals, **said):
        flash(_("The organiser has your answer and publishes it in both languages."))
        return redirect(url_for("presenting.own_questions", presentation_id=presentation_id), 303)
    row = questions.by_id(session_of(presentation_id), asked_id) or abort(404)
    said = {"form": form, "row": row, "show": row.session.day.roadshow, "presentation_id": presentation_id}
    return render_template("roadshows/presenting/reply.html", **said), 422 if form.errors or form.form_errors else 200


@public.post(f"{HOME}/<code>/questions/<int:asked_id>/<any(up, undo):vote>")
@requires(Permission.ROADSHOW_REGISTER)
def vote(code: str, asked_id: int, vote: str):
    """Want a question answered, or not any more."""
    show, form = queries.shown(code) or abort(404), Button()
    row = queries.question_of(show.id, asked_id) or abort(404)
    if row.state != shows.PUBLIC or actor().tier < Tier.ADMITTED:
        abort(404)
    there = url_for("roadshows.show", code=code, _anchor=f"question-{asked_id}")
    operation = {"up": replying.vote, "undo": replying.take_back}[vote]
    if accepted(form, operation, shows.NotNow, rules.NoVote, row=row, actor=actor(), now=now()) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(there, 303)

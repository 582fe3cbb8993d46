"""Questions: an admitted investor asks, the organizer publishes them with their answers in both languages."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.bilingual.unsound import Unsound
from listing.companies import presentable
from listing.roadshows import queries, rules, sound
from listing.roadshows.fields import spread
from listing.roadshows.operations import asking
from listing.roadshows.presenting import questions as voting
from listing.roadshows.question_forms import AskForm, ModerateForm
from listing.suitability import queries as suitability
from listing.suitability.rules import Unconfirmed, Unsuitable
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import HOME, PATH, managing, of_address, public


@public.route(f"{HOME}/<code>/sessions/<int:slot_id>/ask", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_REGISTER)
def ask(code: str, slot_id: int):
    """Ask the company of a session something."""
    show, form = queries.shown(code) or abort(404), AskForm()
    session = queries.session_of(show.id, slot_id) or abort(404)
    if not session.named:
        abort(404)
    there = url_for("roadshows.show", code=code, _anchor=f"day-{session.day_id}")
    refusals = (rules.NotNow, rules.NotAdmitted, rules.TooManyQuestions, Unsuitable, Unconfirmed)
    answer = created(form, asking.ask, *refusals, then=lambda _row: there, session=session, actor=actor(), now=now())
    if answer is not None:
        flash(_("Your question was sent. Once it stands in both languages it is published without your name."))
        return answer
    companies = presentable.of({session.company_id} if session.company_id else ())
    own, about = actor().acts_for, session.company_id
    suited = suitability.suited(own, [about], now()).get(about) if own and about else None
    said = {"form": form, "show": show, "session": session, "companies": companies, "own": own, "suited": suited}
    return render_template("roadshows/ask.html", **said), 422 if form.errors or form.form_errors else 200


@managing.get(f"{PATH}/questions")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def questions(roadshow_id: int):
    """Every question by session, those that wait first, and how many are answered."""
    show = queries.by_id(roadshow_id)
    rows = queries.questions(show)
    wanted = voting.votes([row.id for row in rows])
    return render_template(
        "roadshows/questions.html",
        show=show,
        rows=sorted(rows, key=lambda row: (row.state != rules.ASKED, bool(row.answered_at), -wanted[row.id], row.id)),
        wanted=wanted,
        answered=sum(row.answered_at is not None for row in rows),
        companies=presentable.of({s.company_id for day in show.days for s in day.sessions if s.company_id}),
        organisations=accounts.organisations({row.organisation_id for row in rows}),
    )


@managing.route(f"{PATH}/questions/<int:asked_id>", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def moderate(roadshow_id: int, asked_id: int):
    """Write a question and its answer in both languages and publish them, or put the question aside."""
    row = queries.question_of(roadshow_id, asked_id) or abort(404)
    answer = row.answer if row.answer.complete else row.reply
    kept = spread(question=row.question, answer=answer) | {
        "aloud": row.aloud,
        "material": row.material or row.material_owed,
    }
    form = ModerateForm(data=kept)
    refusals = (rules.NotNow, rules.OneLanguage, rules.MaterialUnwritten, rules.MaterialStays, Unsound)
    if accepted(form, asking.moderate, *refusals, row=row, actor=actor(), now=now()):
        if not sound.doubts(row.question, row.answer):
            return redirect(url_for("planning.questions", roadshow_id=roadshow_id), 303)
        return redirect(url_for("planning.moderate", roadshow_id=roadshow_id, asked_id=asked_id), 303)
    said = {
        "form": form,
        "show": row.session.day.roadshow,
        "row": row,
        "doubts": sound.doubts(row.question, row.answer),
    }
    return render_template("roadshows/moderate.html", **said), 422 if form.errors or form.form_errors else 200

"""The start page, the list of tasks with the state of the application, replies, withdrawing and appealing."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing import turnaround
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import EDITOR, INVESTOR, OWNER
from listing.admission import completeness, papers, queries, rules
from listing.admission.forms import AppealForm, BeginForm, ReplyForm
from listing.admission.history.rules import OWN
from listing.admission.operations import applying
from listing.admission.pages import pages, risk_level
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, of_address
from .consenting import task
from .wording import said_event


@bp.route("/<ui:lang>/desk/admission", methods=["GET", "POST"])
@requires(Permission.DESK_ENTER)
def start():
    """What admission is, what it takes, where one's institutions stand, and the beginning."""
    own = accounts.organisations_of(actor(), kinds=(INVESTOR,))
    writes = {m.organisation_id for m in actor().memberships if m.kind == INVESTOR and m.role in (OWNER, EDITOR)}
    form = BeginForm()
    opened = {row.open_of for row in queries.of_organisations([o.id for o in own])}
    able = [o for o in own if o.id in writes and o.id not in opened]
    form.organisation_id.choices = [(str(o.id), o.name(language())) for o in able]
    refused = (rules.AlreadyOpen, rules.TooSoon)
    answer = created(form, applying.begin, *refused, then=_tasks, actor=actor(), now=now())
    if answer is not None:
        return answer
    status = 422 if form.errors or form.form_errors else 200
    return render_template("admission/start.html", form=form, own=own, able=able, **_held(own)), status


def _tasks(application) -> str:
    return url_for("admission.hub", application_id=application.id)


def _held(own) -> dict:
    """How the institutions stand: their last applications and admissions."""
    rows = queries.last_of_each([o.id for o in own])
    return {"applications": rows, "standings": {s.organisation_id: s for s in actor().standings}}


@bp.get(PATH)
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def hub(application_id: int):
    """The tasks while it is written; its state, what was asked and what was decided afterwards."""
    return _hub(queries.application(application_id), ReplyForm(formdata=None))


def _hub(application, reply_form: ReplyForm):
    saved = queries.saved(application)
    contents = {key: row.content for key, row in saved.items()}
    states = {key: completeness.state(page, contents.get(key, {})) for key, page in pages().items()}
    consenting = task(application)
    last = queries.last_submission(application)
    decision = queries.decision(last)
    page = render_template(
        "admission/hub.html",
        application=application,
        organisation=accounts.organisation(application.organisation_id),
        pages=pages(),
        saved=saved,
        states=states,
        done=sum(state == completeness.COMPLETED for state in states.values()) + (consenting["task"] == "completed"),
        **consenting,
        level=risk_level(contents),
        papers=papers.of(application),
        last=last,
        clock=_clock(application, last),
        questions=queries.questions(application),
        decision=decision,
        admission=queries.admission_of_decision(decision),
        standing=_standing(decision),
        measure=queries.taken(queries.admission_of_decision(decision)),
        history=[entry for entry in queries.history(application) if entry.code not in OWN],
        said_event=said_event,
        editable=application.state in rules.EDITABLE and may(Permission.ADMISSION_ANSWER, application),
        reply_form=reply_form,
        reasons=rules.REASONS,
        asked=rules.QUESTIONS,
        kept_until=application.touched_at + rules.DRAFT_KEPT,
        appeal_until=decision.decided_at + rules.APPEAL_WITHIN if decision else None,
    )
    return page, 422 if reply_form.errors or reply_form.form_errors else 200


def _clock(application, last):
    if last is None or application.state not in rules.UNDER_REVIEW:
        return None
    residence = last.content["pages"].get("institution", {}).get("residence", "")
    return turnaround.clock(sent_at=last.submitted_at, now=now(), domicile=residence, limit=rules.REVIEW_DAYS)


def _standing(decision) -> str:
    admission = queries.admission_of_decision(decision)
    return queries.standing_of(admission, now()) if admission else ""


@bp.post(f"{PATH}/questions/<int:question_id>")
@requires(Permission.ADMISSION_ANSWER, subject=of_address)
def reply(application_id: int, question_id: int):
    """Answer what a reviewer asked."""
    application, form = queries.application(application_id), ReplyForm()
    asked = next((q for q in queries.questions(application) if q.id == question_id and q.code != "appeal"), None)
    refused = (rules.NoReason, rules.NotNow)
    if accepted(form, applying.reply, *refused, question=asked or abort(404), actor=actor(), now=now()) is None:
        return _hub(queries.application(application_id), form)
    return redirect(url_for("admission.hub", application_id=application_id, _anchor="questions"), 303)


@bp.route(f"{PATH}/withdraw", methods=["GET", "POST"])
@requires(Permission.ADMISSION_SEND, subject=of_address)
def withdraw(application_id: int):
    """Ask once more, and withdraw the application."""
    application, form = queries.application(application_id), Form()
    if accepted(form, applying.withdraw, rules.NotNow, application=application, actor=actor(), now=now()):
        flash(_("The application is withdrawn."))
        return redirect(url_for("admission.hub", application_id=application_id), 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("admission/withdraw.html", application=application, form=form), status


@bp.route(f"{PATH}/appeal", methods=["GET", "POST"])
@requires(Permission.ADMISSION_SEND, subject=of_address)
def appeal(application_id: int):
    """Ask the supervisor to look at a refusal again."""
    application, form = queries.application(application_id), AppealForm()
    refused = (rules.NoReason, rules.TooLate, rules.AlreadyOpen, rules.NotNow)
    if accepted(form, applying.appeal, *refused, application=application, actor=actor(), now=now()):
        flash(_("The appeal is sent. A supervisor who took no part in the decision looks at it."))
        return redirect(url_for("admission.hub", application_id=application_id), 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("admission/appeal.html", application=application, form=form), status

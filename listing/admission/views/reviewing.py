"""The reviewer's queue and one case: claim, look at who applies, ask, find."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext

from listing import turnaround
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.admission import (
    beside,
    consents,
    contradictions,
    drafts,
    eligibility,
    judging,
    names,
    queries,
    rules,
    told,
    vetting,
    worded,
)
from listing.admission.draft_models import SAID_OF_A_RULE
from listing.admission.forms import AppealAnswerForm, AskForm, ClaimForm, FindForm, RecuseForm, ScreenForm
from listing.admission.history import queries as history
from listing.admission.operations import deciding
from listing.admission.operations import vetting as operations
from listing.admission.pages import choices, pages, risk_level
from listing.admission.paper_forms import said
from listing.screening.rules import NoLists
from listing.web import interrupted, paging
from listing.web.form import Form
from listing.web.page import language, now, words
from listing.web.turn import accepted

from .blueprint import bp
from .consenting import consented
from .wording import said_event

QUEUE = "/<ui:lang>/review/admissions"
CASE = f"{QUEUE}/<int:submission_id>"
PAPERS = "papers"  # a question may be about the papers as about a page
REFUSALS = (
    rules.SamePerson,
    rules.HasConflict,
    rules.Locked,
    rules.NotYours,
    rules.NoReason,
    rules.NoConditions,
    rules.Unfound,
    rules.Unscreened,
    rules.NotNow,
    consents.Stopped,
    NoLists,
    *worded.SOUND,
    *judging.NO_WAY,
)


@bp.get(QUEUE)
@requires(Permission.ADMISSION_REVIEW)
def queue():
    """What waits for a decision, the longest first."""
    lines = vetting.waiting(actor(), now(), after=paging.after_instant())
    beyond, lines = len(lines) > vetting.PAGE, lines[: vetting.PAGE]
    onward = paging.mark(lines[-1].since, lines[-1].submission.application_id) if beyond else None
    return render_template("admission/queue.html", lines=lines, onward=onward)


def _case(submission_id: int) -> vetting.Case:
    return vetting.case(submission_id, actor()) or abort(404)


@bp.get(CASE)
@requires(Permission.ADMISSION_REVIEW)
def case(submission_id: int):
    """What was sent, what the rules say of it, and what may be done."""
    return _page(_case(submission_id))


def _markets(codes) -> str:
    return (", " if language() == "en" else "、").join(choices("markets")[code].label(language()) for code in codes)


def _page(case: vetting.Case, **forms):
    judged = judging.judge(case.submission, now())
    holder = case.holder(now())
    refused = any(form.errors or form.form_errors for form in forms.values())
    forms = _blank() | forms
    page = render_template(
        "admission/case.html",
        case=case,
        organisation=accounts.organisation(case.organisation_id),
        name=vetting.named(case.contents["institution"]),
        sections=told.sections(case.contents, language()),
        judged=judged,
        why=words(judged.why) if judged.why else "",
        books=eligibility.sections(judged, language()),
        opens=_markets(judged.markets),
        closed=_markets(judged.closed),
        level=risk_level(case.contents),
        odd=contradictions.found(case.contents),
        papers=_papers(case),
        **consented(case.application),
        called=lambda code: said(code, language()),
        part=case.part(actor()),
        may_third=rules.governs(actor()),
        holder=holder,
        mine=holder is not None and holder.account_id == actor().user_id,
        clock=turnaround.clock(
            sent_at=case.application.waiting_since or case.submission.submitted_at,
            now=now(),
            domicile=case.contents["institution"]["residence"],
            limit=rules.REVIEW_DAYS,
        ),
        findings=case.shown(actor()),
        hidden=len(case.findings) - len(case.shown(actor())),
        alike=queries.alike(case.application),
        names_standing=names.standing(case.application.id),
        decision=queries.decision(case.submission),
        sent=vetting.submissions(case.application),
        history=[entry for entry in queries.history(case.application) if entry.code != "application.saved"],
        said_event=said_event,
        may_export=may(Permission.ADMISSION_HISTORY, history.sought(case.submission.id, actor())),
        pages=pages(),
        registers=choices("registers"),
        rules=rules,
        picked=_picked(case, forms["find_form"].back),
        **forms,
    )
    return page, 422 if refused else 200


def _picked(case: vetting.Case, back) -> dict[str, str]:
    """What the reader chose of each rule: noted rule by rule, and over it what came back or was sent just now."""
    noted = {f"rule:{rule}": said for rule, said in drafts.of(case.submission.id, actor().user_id).items()}
    return noted | dict(interrupted.sent(back) if back else request.form)


def _papers(case: vetting.Case) -> list:
    """The papers that were sent; those that are gone since without their file."""
    return [(each | {"dated": date.fromisoformat(each["dated"])}, file) for each, file in beside.sent(case)]


def _blank() -> dict:
    return {
        "claim_form": ClaimForm(formdata=None),
        "screen_form": ScreenForm(formdata=None),
        "ask_form": _ask_form(formdata=None),
        "find_form": FindForm(formdata=None),
        "recuse_form": RecuseForm(formdata=None),
        "appeal_form": AppealAnswerForm(formdata=None),
    }


def _ask_form(**arguments) -> AskForm:
    form = AskForm(**arguments)
    form.page.choices = [(key, page.label(language())) for key, page in pages().items()]
    form.page.choices.append((PAPERS, gettext("Papers")))
    return form


def _turn(name: str, form: Form, operation, at: vetting.Case, /, **more):
    """Run one step of a case and come back to it, or show it again with the refusal on the form."""
    if accepted(form, operation, *REFUSALS, actor=actor(), now=now(), **more) is None:
        return _page(_case(at.submission.id), **{name: form})
    return redirect(url_for("admission.case", submission_id=at.submission.id), 303)


@bp.post(f"{CASE}/claim")
@requires(Permission.ADMISSION_REVIEW)
def claim(submission_id: int):
    """Work on a submission, or take it over."""
    case = _case(submission_id)
    return _turn("claim_form", ClaimForm(), operations.claim, case, case=case)


@bp.post(f"{CASE}/names")
@requires(Permission.ADMISSION_REVIEW)
def compare_names(submission_id: int):
    """Compare every name with the lists in force."""
    case = _case(submission_id)
    return _turn("screen_form", Form(), names.compare, case, submission=case.submission)


@bp.post(f"{CASE}/screened")
@requires(Permission.ADMISSION_REVIEW)
def screen(submission_id: int):
    """Note what came of looking at who applies."""
    case = _case(submission_id)
    return _turn("screen_form", ScreenForm(), operations.screen, case, case=case)


@bp.post(f"{CASE}/questions")
@requires(Permission.ADMISSION_REVIEW)
def ask(submission_id: int):
    """Ask the institution for more."""
    case = _case(submission_id)
    return _turn("ask_form", _ask_form(), operations.ask, case, case=case)


@bp.post(f"{CASE}/findings")
@requires(Permission.ADMISSION_REVIEW)
def find(submission_id: int):
    """Send one's findings, rule by rule."""
    case = _case(submission_id)
    by_rule = {
        name.removeprefix("rule:"): said
        for name, said in request.form.items()
        if name.startswith("rule:") and said in SAID_OF_A_RULE
    }
    return _turn("find_form", FindForm(), _found, case, case=case, by_rule=by_rule)


def _found(*, case, by_rule, actor, now, **values):
    return operations.find(case=case, found=operations.Found(by_rule=by_rule, **values), actor=actor, now=now)


@bp.post(f"{CASE}/recuse")
@requires(Permission.ADMISSION_REVIEW)
def recuse(submission_id: int):
    """Declare a conflict of interest."""
    case = _case(submission_id)
    return _turn("recuse_form", RecuseForm(), operations.recuse, case, case=case)


@bp.post(f"{CASE}/appeal")
@requires(Permission.ADMISSION_GOVERN)
def answer_appeal(submission_id: int):
    """Let a refusal stand, or have it looked at again."""
    case = _case(submission_id)
    return _turn("appeal_form", AppealAnswerForm(), _answered, case, application=case.application)


def _answered(**arguments) -> bool:
    deciding.answer_appeal(**arguments)
    return True

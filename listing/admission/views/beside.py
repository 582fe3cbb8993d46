"""A case rule by rule: the answer and the finding beside the paper, which opens in a frame of the same page."""

from datetime import date

from flask import Response, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.freshness import lately
from listing.admission import beside, consents, drafts, judging, rules, told, vetting
from listing.admission.operations import drafting
from listing.admission.paper_forms import said
from listing.rulebook.logic import MET, NOT_MET, REVIEWER
from listing.web.form import Form
from listing.web.headers import framing
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import bp
from .reviewing import CASE

ONE = f"{CASE}/rules/<int:number>"
FOUND = ((MET, _l("Met")), (NOT_MET, _l("Not met")), (REVIEWER, _l("Cannot be told")))
REFUSALS = (rules.NotYours, rules.Unfound, rules.SamePerson, rules.HasConflict, rules.NotNow, consents.Stopped)


class RuleForm(Form):
    """What was found of one rule; the rule is named, so that a list which changed meanwhile moves nothing."""

    rule = HiddenField()
    outcome = RadioField(_l("What you found"), choices=[SelectChoice(*one) for one in FOUND], validators=[Optional()])

    def values(self) -> dict:
        """The operation's arguments."""
        return {"rule": self.rule.data or "", "outcome": self.outcome.data or ""}


def _case(submission_id: int) -> vetting.Case:
    return vetting.case(submission_id, actor()) or abort(404)


@bp.get(ONE)
@lately
@requires(Permission.ADMISSION_REVIEW)
def rule(submission_id: int, number: int):
    """One rule of a case."""
    return _page(_case(submission_id), number, None)


@bp.post(ONE)
@requires(Permission.ADMISSION_REVIEW)
def note_rule(submission_id: int, number: int):
    """Note what was found, and go on."""
    case, form = _case(submission_id), RuleForm()
    asked = judging.judge(case.submission, now()).rules
    if accepted(form, drafting.note, *REFUSALS, case=case, asked=asked, actor=actor(), now=now()):
        return redirect(_onward(submission_id, number, len(asked)), 303)
    return _page(_case(submission_id), number, form)


def _onward(submission_id: int, number: int, last: int) -> str:
    """Where the button that was pressed leads: the rule before or after, or the whole case."""
    to = {"back": number - 1, "on": number + 1}.get(request.form.get("go", ""), 0)
    if 1 <= to <= last:
        return url_for("admission.rule", submission_id=submission_id, number=to)
    return url_for("admission.case", submission_id=submission_id, _anchor="rules")


def _page(case: vetting.Case, number: int, form: RuleForm | None):
    listed = beside.rules(judging.judge(case.submission, now()), language())
    if not 1 <= number <= len(listed):
        abort(404)
    one, holder = listed[number - 1], case.holder(now())
    noted = drafts.of(case.submission.id, actor().user_id)
    form = form or RuleForm(data={"rule": one.said.rule, "outcome": noted.get(one.said.rule)})
    page = render_template(
        "admission/rule.html",
        case=case,
        name=vetting.named(case.contents["institution"]),
        one=one,
        form=form,
        noted=len(noted),
        holder=holder,
        mine=holder is not None and holder.account_id == actor().user_id,
        answers=beside.answers(one, case.contents, language()),
        sections=told.sections(case.contents, language()),
        papers=[(each | {"dated": _day(each)}, file) for each, file in beside.in_order(one, beside.sent(case))],
        called=lambda code: said(code, language()),
    )
    return framing(Response(page, 422 if form.errors or form.form_errors else 200))


def _day(paper) -> date:
    return date.fromisoformat(paper["dated"])

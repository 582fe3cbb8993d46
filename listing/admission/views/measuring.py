"""The supervisor's list of the admissions held, and one of them with what was proposed and answered."""

from flask import abort, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.admission import queries, rules, worded
from listing.admission.forms import MeasureAnswerForm, MeasureForm
from listing.admission.models import Admission
from listing.admission.operations import measuring
from listing.web import paging
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import bp

HELD = "/<ui:lang>/review/admissions/held"
ONE = f"{HELD}/<int:admission_id>"
REFUSALS = (rules.NoReason, rules.HasConflict, rules.MeasureWaits, rules.ProposedIt, rules.NotNow, *worded.SOUND)


@bp.get(HELD)
@requires(Permission.ADMISSION_GOVERN)
def held():
    """The admissions held or suspended, the last given first."""
    rows = queries.held(paging.after_number("before"))
    beyond, rows = len(rows) > queries.PAGE, rows[: queries.PAGE]
    return render_template("admission/held.html", rows=rows, onward=rows[-1].id if beyond else None, **_words(rows))


def _words(rows) -> dict:
    """What the list says of each: the institution, how it stands, and what waits."""
    ids = [row.id for row in rows]
    return {
        "institutions": accounts.organisations([row.organisation_id for row in rows]),
        "standings": {row.id: queries.standing_of(row, now()) for row in rows},
        "waiting": queries.waiting_measures(ids),
    }


def _admission(admission_id: int) -> Admission:
    return queries.admission(admission_id) or abort(404)


@bp.get(ONE)
@requires(Permission.ADMISSION_GOVERN)
def one_held(admission_id: int):
    """One admission and its measures."""
    return _page(_admission(admission_id))


def _page(admission: Admission, **forms):
    measures = queries.measures(admission)
    refused = any(form.errors or form.form_errors for form in forms.values())
    page = render_template(
        "admission/one_held.html",
        admission=admission,
        organisation=accounts.organisation(admission.organisation_id),
        standing=queries.standing_of(admission, now()),
        measures=measures,
        open=next((row for row in measures if row.open_of), None),
        me=actor().user_id,
        reasons=rules.REASONS,
        **{"form": _measure_form(admission, formdata=None), "answer_form": MeasureAnswerForm(formdata=None)} | forms,
    )
    return page, 422 if refused else 200


def _measure_form(admission: Admission, **arguments) -> MeasureForm:
    form = MeasureForm(**arguments)
    form.event.choices = [one for one in form.event.choices if (admission.state, one.value) in rules.STEPS]
    return form


@bp.post(f"{ONE}/measures")
@requires(Permission.ADMISSION_GOVERN)
def propose_measure(admission_id: int):
    """Propose to suspend, restore or revoke."""
    admission = _admission(admission_id)
    form = _measure_form(admission)
    if accepted(form, measuring.propose, *REFUSALS, admission=admission, actor=actor(), now=now()) is None:
        return _page(_admission(admission_id), form=form)
    return redirect(url_for("admission.one_held", admission_id=admission_id), 303)


@bp.post(f"{ONE}/measures/<int:measure_id>")
@requires(Permission.ADMISSION_GOVERN)
def answer_measure(admission_id: int, measure_id: int):
    """Confirm or decline what another supervisor proposed."""
    form, measures = MeasureAnswerForm(), queries.measures(_admission(admission_id))
    measure = next((row for row in measures if row.id == measure_id), None) or abort(404)
    if accepted(form, _answered, *REFUSALS, measure=measure, actor=actor(), now=now()) is None:
        return _page(_admission(admission_id), answer_form=form)
    return redirect(url_for("admission.one_held", admission_id=admission_id), 303)


def _answered(*, answer: str, **arguments):
    return measuring.answer(confirmed=answer == "confirm", **arguments)

"""Public pages of the standard: the three tiers item by item, and what the end of a period makes due."""

from flask import Blueprint, abort, jsonify, render_template

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.calendars import ZONES, OutsideCalendar
from listing.web.page import language, now, words

from . import rules, standards, told, wording
from .forms import PeriodForm

bp = Blueprint("disclosure", __name__)


@bp.get("/<ui:lang>/standards")
@requires(Permission.PUBLIC)
def index():
    """Every item of the version in force, beside what each tier asks of it; and which versions are to come."""
    today = now().astimezone(ZONES["HK"]).date()
    current = standards.answered_on(today)
    to_come = [one for one in standards.to_come(today) if one is not current]
    page = {"standard": current, "to_come": to_come, "by_choice": standards.BY_CHOICE, "wording": wording}
    return render_template("disclosure/index.html", **page)


@bp.get("/<ui:lang>/standards/<name>")
@requires(Permission.PUBLIC)
def due(name: str):
    """One tier: what it asks for, and what the end of a period makes due on which day and why."""
    standard, tier = _named(name)
    form, found = PeriodForm(), None
    if form.is_asked and form.validate():
        found = _found(standard, tier, form)
    about = {"standard": standard, "tier": tier, "name": name, "wording": wording}
    explained = [(one, wording.explained(one.due, language()) if one.due else []) for one in found or ()]
    wrong = form.errors or form.form_errors
    return render_template("disclosure/due.html", form=form, found=found, explained=explained, **about), (
        422 if wrong else 200
    )


@bp.get("/<ui:lang>/standards/<name>/json")
@requires(Permission.PUBLIC)
def json(name: str):
    """One tier for programs."""
    standard, tier = _named(name)
    return jsonify(told.as_data(standard, tier))


def _named(name: str):
    try:
        return rules.named(name, standards.published())
    except rules.UnknownStandard:
        abort(404)


def _found(standard, tier: str, form: PeriodForm):
    """The obligations, or none with the refusal on the form."""
    try:
        return rules.after_period(standard, tier, form.end.data, form.place.data)
    except OutsideCalendar as refusal:
        form.form_errors.append(words(refusal))
        return None

"""The operator's pages for rates: what is known, and the rates that nobody publishes for us."""

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.refusal import Refusal
from listing.web.page import now, words
from listing.web.turn import created

from . import operations, queries, rules
from .forms import RateForm

bp = Blueprint("rates", __name__)


@bp.get("/<ui:lang>/review/rates")
@requires(Permission.RATE_ENTER)
def index():
    """The latest rate of each pair, and whether it may still be used."""
    today = queries.today(now())
    rows = [(row, bool(rules.usable([row.leg], today))) for row in queries.latest(on=today)]
    return render_template("rates/index.html", rows=rows, today=today, plain=rules.plain)


@bp.route("/<ui:lang>/review/rates/new", methods=["GET", "POST"])
@requires(Permission.RATE_ENTER)
def new():
    """Enter a rate: type it, look at it once more, confirm."""
    form = RateForm()
    if form.day.data is None and not form.is_submitted():
        form.day.data = queries.today(now())
    if form.is_submitted() and form.validate() and form.seen.data != form.typed:
        return _second_look(form)
    answer = created(
        form, operations.enter, Refusal, then=lambda _row: url_for("rates.index"), actor=actor(), now=now()
    )
    if answer is not None:
        flash(_("The rate has been entered."))
        return answer
    return render_template("rates/new.html", form=form), 422 if form.errors or form.form_errors else 200


def _second_look(form: RateForm):
    """The rate in words beside the one known before, to be confirmed; or the form again with what is wrong."""
    try:
        rate = operations.check(**form.values(), now=now())
    except Refusal as refusal:
        form.form_errors.append(words(refusal))
        return render_template("rates/new.html", form=form), 422
    pair = [row for row in queries.latest(on=form.day.data) if (row.base, row.quote) == (rate.base, rate.quote)]
    before = pair[-1] if pair else None
    change = rules.change(before.value, rate.value) if before else None
    form.seen.data = form.typed
    about = {"before": before, "change": change, "inverse": rules.inverse(rate.value), "plain": rules.plain}
    return render_template("rates/confirm.html", form=form, rate=rate, **about)

"""Staff's pages: the lists in force, a name looked up, and the hits of one case."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.web.page import now
from listing.web.turn import accepted, created

from . import operations, queries, rules
from .forms import ListForm, NameForm, ResolveForm

bp = Blueprint("screening", __name__)


@bp.route("/<ui:lang>/review/lists", methods=["GET", "POST"])
@requires(Permission.SCREENING_LOOK)
def index():
    """The lists imported, and a name looked up in those in force."""
    form = NameForm()
    found = queries.like(form.name.data) if form.validate_on_submit() else None
    current = {one.id for one in queries.in_force()}
    lists = {"lists": queries.versions(), "current": current}
    return render_template("screening/index.html", form=form, found=found, **lists), 422 if form.errors else 200


@bp.route("/<ui:lang>/review/lists/import", methods=["GET", "POST"])
@requires(Permission.SCREENING_IMPORT)
def new():
    """Take in a version of a list."""
    form = ListForm()
    refusals = (rules.TooLong, rules.NotAList, rules.BadLine, rules.OtherContent)
    answer = created(
        form,
        operations.import_list,
        *refusals,
        then=lambda _row: url_for("screening.index"),
        actor=actor(),
        now=now(),
    )
    if answer is not None:
        flash(_("The list is in force."))
        return answer
    shown = {"form": form, "columns": rules.COLUMNS}
    return render_template("screening/new.html", **shown), 422 if form.errors or form.form_errors else 200


@bp.get("/<ui:lang>/review/screening/<kind>/<int:number>")
@requires(Permission.SCREENING_LOOK)
def show(kind: str, number: int):
    """The names of a case, and every listed name that may mean one of them."""
    case = rules.Case(kind, number)
    return _page(queries.latest(case) or abort(404), queries.standing(case))


@bp.post("/<ui:lang>/review/screening/hits/<int:hit_id>")
@requires(Permission.SCREENING_LOOK)
def resolve(hit_id: int):
    """Say whether a hit means the subject."""
    hit, form = queries.hit(hit_id) or abort(404), ResolveForm(hit_id)
    case = rules.Case(hit.screening.case_kind, hit.screening.case_number)
    refusals = (rules.NoReason, rules.AlreadyResolved)
    if accepted(form, operations.resolve, *refusals, hit=hit, actor=actor(), now=now()) is not None:
        return redirect(url_for("screening.show", kind=case.kind, number=case.number, _anchor=f"hit-{hit_id}"), 303)
    return _page(hit.screening, queries.standing(case), typed={hit_id: form}), 422


def _page(screening, standing, typed=None):
    typed = typed or {}
    lines = [
        (hit, queries.said_before(hit), typed.get(hit.id) or ResolveForm(hit.id, formdata=None))
        for hit in screening.hits
    ]
    errors = next(iter(typed.values()), None)
    return render_template("screening/show.html", screening=screening, standing=standing, lines=lines, typed=errors)

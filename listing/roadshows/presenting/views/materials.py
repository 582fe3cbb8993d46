"""Files of companies: brought and withdrawn in the studio, downloaded by whoever may have them."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.files import queries as stored
from listing.files import serving
from listing.files.rules import Unfit
from listing.roadshows import rules as shows
from listing.roadshows.forms import Button
from listing.roadshows.presenting import queries as presenting
from listing.roadshows.presenting import reading, rules
from listing.roadshows.presenting.forms import VISIBILITY_LABELS, WRITTEN_LABELS, MaterialForm
from listing.roadshows.presenting.operations import materials
from listing.roadshows.views.blueprint import HOME, public
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import STUDIO, bp, company_of, session_of


@bp.route(f"{STUDIO}/materials", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=company_of)
def own_materials(presentation_id: int):
    """The files a company brought, and another one."""
    session = session_of(presentation_id)
    there = url_for("presenting.own_materials", presentation_id=presentation_id)
    form, who = MaterialForm(current=_current(session)), {"actor": actor(), "now": now()}
    refusals = (shows.NotNow, rules.TooManyMaterials, Unfit)
    row = presenting.by_id(presentation_id)
    if answer := created(form, materials.bring, *refusals, then=lambda _row: there, row=row, **who):
        return answer
    session = session_of(presentation_id)
    rows = presenting.materials([session]).get(session.id, [])
    return render_template(
        "roadshows/presenting/materials.html",
        form=form,
        row=presenting.by_id(presentation_id),
        session=session,
        show=session.day.roadshow,
        rows=[each for each in rows if each.company_id == session.company_id],
        files=stored.several([each.file_id for each in rows]),
        companies=presentable.of({session.company_id}),
        due=rules.materials_due(session.day.date),
        written=WRITTEN_LABELS,
        visibilities=VISIBILITY_LABELS,
    ), 422 if form.errors or form.form_errors else 200


def _current(session) -> list[tuple[int, str]]:
    rows = presenting.current([session]).get(session.id, [])
    files = stored.several([row.file_id for row in rows])
    return [(row.id, files[row.file_id].name) for row in rows]


@bp.post(f"{STUDIO}/materials/<int:material_id>/withdraw")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def withdraw_material(presentation_id: int, material_id: int):
    """Take a file back."""
    session, form, found = session_of(presentation_id), Button(), presenting.material(material_id)
    if found is None or (found.session_id, found.company_id) != (session.id, session.company_id):
        abort(404)
    if accepted(form, materials.withdraw, shows.NotNow, material=found, actor=actor(), now=now()) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("presenting.own_materials", presentation_id=presentation_id), 303)


@public.get(f"{HOME}/materials/<int:material_id>")
@requires(Permission.PUBLIC)
def material(material_id: int):
    """A file of a company, for whoever may have it; for all others there is none."""
    found = presenting.material(material_id)
    if found is None or not reading.may_have(found, actor()):
        abort(404)
    return serving.download(stored.get(found.file_id))

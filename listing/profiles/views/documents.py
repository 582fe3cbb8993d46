"""Files of a profile: adding one, sending a newer copy, taking one out, opening it."""

from types import MappingProxyType

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies.sheets import Field, Sheet, sheets
from listing.files import queries as stored
from listing.files import rules as files
from listing.files import serving
from listing.profiles import controls, documents, evidence, queries, rules
from listing.profiles.forms import FileForm
from listing.web import interrupted
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, of_address
from .writing import setting, typed_here, typed_of

SHEET = documents.SHEET
FILE = f"{PATH}/documents/<row_id>"


@bp.route(f"{PATH}/documents/add", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=of_address)
def add_document(profile_id: int):
    """A file, its title, language and kind, and who may see it; what was said of it outlives the session."""
    profile, form = queries.profile(profile_id), FileForm()
    kept = interrupted.found_here()
    typed = typed_here() if kept is None else typed_of(kept)
    who = {"setting": setting(queries.contents(profile)), "typed": typed, "actor": actor(), "now": now()}
    there = url_for("profiles.edit", profile_id=profile_id, key=SHEET)
    refusals = (files.Unfit, rules.AnswersRefused, rules.TooManyRows, rules.NotNow, rules.ChangedMeanwhile)
    answer = created(form, documents.add, *refusals, then=lambda _row: there, profile=profile, **who)
    if answer is not None:
        flash(_("The file is added."))
        return answer
    found = documents.asked(typed, who["setting"]).errors if form.is_submitted() else {}
    page = controls.Page(language(), typed, {}, found)
    asked = controls.row(sheets()[SHEET].field(SHEET), 0, page)
    return _page(
        "add_document", profile, form, controls=asked, problems=controls.errors_of(asked), kept=kept is not None
    )


@bp.route(f"{FILE}/replace", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=of_address)
def replace_document(profile_id: int, row_id: str):
    """A newer copy of a file in the place of the old one."""
    profile, form = queries.profile(profile_id), FileForm()
    row = queries.document(profile, row_id) or abort(404)
    there = url_for("profiles.edit", profile_id=profile_id, key=SHEET)
    refusals = (files.Unfit, rules.NoSuchDocument, rules.NotNow, rules.ChangedMeanwhile)
    who = {"profile": profile, "row_id": row_id, "actor": actor(), "now": now()}
    answer = created(form, documents.replace, *refusals, then=lambda _row: there, **who)
    if answer is not None:
        flash(_("The newer copy is in its place."))
        return answer
    return _page("replace_document", profile, form, row=row, named=_named(profile, row))


@bp.route(f"{FILE}/remove", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=of_address)
def remove_document(profile_id: int, row_id: str):
    """Take a file out, once nothing names it as evidence."""
    profile, form = queries.profile(profile_id), Form()
    row = queries.document(profile, row_id) or abort(404)
    refusals = (rules.StillNamed, rules.NoSuchDocument, rules.NotNow, rules.ChangedMeanwhile)
    who = {"profile": profile, "row_id": row_id, "actor": actor(), "now": now()}
    if accepted(form, documents.remove, *refusals, **who):
        flash(_("The file is taken out."))
        return redirect(url_for("profiles.edit", profile_id=profile_id, key=SHEET), 303)
    return _page("remove_document", profile, form, row=row, named=_named(profile, row))


@bp.get(f"{FILE}/file")
@requires(Permission.PROFILE_VIEW, subject=of_address)
def document(profile_id: int, row_id: str):
    """Hand out a file to the people of its enterprise."""
    row = queries.document(queries.profile(profile_id), row_id) or abort(404)
    return serving.download(stored.get(row["file"]) or abort(404))


def _named(profile, row) -> list[tuple[Sheet, Field]]:
    """Where a file is named as evidence: each sheet and field once."""
    found = evidence.places(queries.contents(profile), row["file"])
    once = dict.fromkeys((key, name.partition(".")[0]) for key, name in found)
    return [(sheets()[key], sheets()[key].field(name)) for key, name in once]


def _page(name: str, profile, form, *, problems=(), **more):
    errors = form.errors or form.form_errors or problems
    label = sheets()[SHEET].label(language())
    about = MappingProxyType({"profile": profile, "form": form, "problems": problems, "errors": errors, "label": label})
    page = render_template(f"profiles/{name}.html", editable=profile.state in rules.EDITABLE, **about, **more)
    return page, 422 if errors else 200

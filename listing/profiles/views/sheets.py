"""Writing one sheet: saved as a whole or shown again as typed; of two editors, the second sees both texts."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import own_terms
from listing.companies import queries as companies
from listing.companies.sheets import Sheet, sheets
from listing.profiles import completeness, controls, operations, queries, reading, rules, typing
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import PATH, bp, of_address
from .writing import setting, typed_here, version_here


@bp.route(f"{PATH}/<key>", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=of_address)
def edit(profile_id: int, key: str):
    """Show a sheet to write in; save it, and go on or stay."""
    profile, sheet = queries.profile(profile_id), sheets().get(key) or abort(404)
    contents = queries.contents(profile)
    if request.method == "GET":
        return _page(profile, sheet, contents, typing.typed(sheet, contents.get(key, {})), form=Form())
    typed, form = typed_here(), Form()
    found = reading.read(sheet, typed, contents.get(key, {}), setting(contents))
    if found.errors:
        return _page(profile, sheet, contents, typed, form=form, errors=found.errors)
    version = version_here()
    saved = accepted(
        form,
        operations.save,
        rules.ChangedMeanwhile,
        rules.AlreadyClaimed,
        rules.DocumentGone,
        rules.StillNamed,
        rules.NotNow,
        profile=profile,
        sheet=key,
        content=found.content,
        version=version,
        actor=actor(),
        now=now(),
    )
    if saved is None:
        return _again(profile_id, sheet, typed, form, version)
    return _onward(profile_id, sheet, found.content)


def _again(profile_id: int, sheet: Sheet, typed: Mapping, form: Form, version: int):
    """The page as typed, with the refusal; and what another editor saved meanwhile beside it, to choose from."""
    profile = queries.profile(profile_id)
    contents = queries.contents(profile)
    newer = queries.sheet(profile, sheet.id)
    theirs = newer if newer and newer.version != version else None
    return _page(profile, sheet, contents, typed, form=form, theirs=theirs)


def _page(
    profile, sheet: Sheet, contents: Mapping, typed: Mapping, *, form: Form, errors: Mapping | None = None, theirs=None
):
    content = contents.get(sheet.id, {})
    saved = queries.sheet(profile, sheet.id)
    labels = [(row["file"], _title(row)) for row in queries.documents(contents)]
    page = controls.Page(language(), typed, content, errors or {}, tuple(labels), _own_terms(profile))
    found = controls.controls(sheet, page)
    refused = bool(errors or form.errors or form.form_errors)
    html = render_template(
        "profiles/sheet.html",
        profile=profile,
        sheet=sheet,
        controls=found,
        problems=controls.errors_of(found),
        saved=saved,
        theirs=_beside(sheet, typed, theirs),
        mismatches=completeness.mismatches(sheet, content),
        comments=_comments(profile, sheet),
        form=form,
        errors=refused,
        editable=profile.state in rules.EDITABLE,
    )
    return html, 409 if theirs else 422 if refused else 200


def _title(row: Mapping) -> str:
    title = row.get("title") or {}
    return (title.get("en") if language() == "en" else title.get("zh")) or row["name"]


def _own_terms(profile) -> tuple:
    company = companies.by_id(profile.company_id)
    return own_terms.for_checking(own_terms.of(company.id)) if company else ()


def _comments(profile, sheet: Sheet) -> list:
    last = queries.last_submission(profile) if profile.state == rules.RETURNED else None
    return [c for c in queries.comments(last.id) if c.place.partition(".")[0] == sheet.id] if last else []


def _beside(sheet: Sheet, mine: Mapping[str, str], theirs) -> dict | None:
    """Where another editor's saved answers differ from what was typed here: label, theirs, mine."""
    if theirs is None:
        return None
    saved = typing.typed(sheet, theirs.content)
    names = [name for name in {**saved, **mine} if not name.endswith(".id")]
    differing = [
        (name, saved.get(name, ""), mine.get(name, "")) for name in names if saved.get(name, "") != mine.get(name, "")
    ]
    return {"by": theirs.saved_by_label, "at": theirs.saved_at, "differing": differing}


def _onward(profile_id: int, sheet: Sheet, content: Mapping):
    """To the next sheet, or back here where somebody wants to stay or two figures contradict each other."""
    wrong = completeness.mismatches(sheet, content)
    if wrong:
        flash(_("Saved. Two figures contradict each other; see below."), "error")
    elif request.form.get("go") != "next":
        flash(_("Saved."))
    if wrong or request.form.get("go") != "next":
        return redirect(url_for("profiles.edit", profile_id=profile_id, key=sheet.id), 303)
    keys = list(sheets())
    following = keys[keys.index(sheet.id) + 1 :]
    if not following:
        return redirect(url_for("profiles.hub", profile_id=profile_id), 303)
    return redirect(url_for("profiles.edit", profile_id=profile_id, key=following[0]), 303)

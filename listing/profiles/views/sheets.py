"""Writing one sheet: saved as a whole or shown again as typed; of two editors, the second sees both texts."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import own_terms
from listing.companies import queries as companies
from listing.companies.sheets import Sheet, sheets
from listing.profiles import completeness, controls, explained, operations, queries, reading, rules, typing
from listing.web import interrupted
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import PATH, bp, of_address
from .writing import setting, typed_here, typed_of, version_here, version_of

REFUSALS = (
    rules.ChangedMeanwhile,
    rules.AlreadyClaimed,
    rules.DocumentGone,
    rules.StillNamed,
    rules.NotNow,
)


@bp.get(f"{PATH}/<key>")
@requires(Permission.PROFILE_EDIT, subject=of_address)
def edit(profile_id: int, key: str):
    """A sheet as it was saved, or as its reader had typed it and not saved it yet."""
    profile, sheet = queries.profile(profile_id), sheets().get(key) or abort(404)
    contents, kept = queries.contents(profile), interrupted.found_here()
    if kept is None:
        return _page(profile, sheet, contents, typing.typed(sheet, contents.get(key, {})), form=Form())
    typed, version = typed_of(kept), version_of(kept)
    page, _status = _page(profile, sheet, contents, typed, form=Form(), version=version, kept=True)
    return page


@bp.post(f"{PATH}/<key>")
@requires(Permission.PROFILE_EDIT, subject=of_address)
def save(profile_id: int, key: str):
    """Save a sheet and go on or stay; or keep what is typed so far, for the script of the page."""
    profile, sheet = queries.profile(profile_id), sheets().get(key) or abort(404)
    if request.form.get("go") == "keep":
        return _keep(profile, sheet)
    contents, typed, form = queries.contents(profile), typed_here(), Form()
    found = reading.read(sheet, typed, contents.get(key, {}), setting(contents))
    version = version_here()
    if found.errors:
        return _page(profile, sheet, contents, typed, form=form, version=version, errors=found.errors)
    who = {"profile": profile, "actor": actor(), "now": now()}
    if accepted(form, operations.save, *REFUSALS, sheet=key, content=found.content, version=version, **who) is None:
        profile = queries.profile(profile_id)
        return _page(profile, sheet, queries.contents(profile), typed, form=form, version=version)
    return _onward(profile_id, sheet, found.content)


def _keep(profile, sheet: Sheet):
    """Keep what is typed so far (204), also where somebody else saved another version meanwhile (409).

    What is older than one's own save is not kept: it may have been under way while that was saved.
    """
    saved = queries.sheet(profile, sheet.id)
    newer = saved is not None and saved.version != version_here()
    if not (newer and saved.saved_by == actor().user_id) and not interrupted.keep_here():
        abort(422)
    return "", 409 if newer else 204


def _page(
    profile,
    sheet: Sheet,
    contents: Mapping,
    typed: Mapping,
    *,
    form: Form,
    version: int | None = None,
    errors: Mapping | None = None,
    kept: bool = False,
):
    """The page as typed; ``version`` is the one the writer began from, and what was saved since stands beside it."""
    content = contents.get(sheet.id, {})
    saved = queries.sheet(profile, sheet.id)
    theirs = saved if saved and version is not None and saved.version != version else None
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
        warnings=completeness.warnings(sheet, content),
        comments=_comments(profile, sheet),
        form=form,
        errors=refused,
        kept=kept,
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
        (explained.called(sheet, name, language()), *(explained.said(sheet, name, one, language()) for one in both))
        for name in names
        if (both := (saved.get(name, ""), mine.get(name, "")))[0] != both[1]
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

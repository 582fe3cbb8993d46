"""A profile as a workbook to fill in, and taking in a filled one."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.bilingual.language import LANGUAGES
from listing.companies.sheets import Field, sheets
from listing.files import rules as files
from listing.files.rules import disposition
from listing.profiles import explained, filled, importing, queries, rules, workbook
from listing.profiles.forms import WorkbookForm
from listing.refusal import Refusal
from listing.web.page import language, now, words
from listing.web.turn import accepted

from .blueprint import PATH, bp, of_address
from .writing import setting

REFUSALS = (
    files.Unfit,
    filled.NotTheTemplate,
    importing.CellsRefused,
    importing.SavedSince,
    rules.AlreadyClaimed,
    rules.ChangedMeanwhile,
    rules.DocumentGone,
    rules.NotNow,
)
MOST_SHOWN = 200


@bp.get(f"{PATH}/profile.xlsx")
@requires(Permission.PROFILE_VIEW, subject=of_address)
def template(profile_id: int):
    """The workbook with what is written so far."""
    saved = queries.saved(queries.profile(profile_id))
    contents = {key: sheet.content for key, sheet in saved.items()}
    versions = {key: sheet.version for key, sheet in saved.items()}
    content = workbook.written(contents, versions, queries.documents(contents), _words())
    name = (contents.get("identity", {}).get("name") or {}).get("zh") or "profile"
    headers = {"Content-Disposition": disposition(f"{name}.xlsx"), "Cache-Control": "no-store"}
    return Response(content, mimetype=workbook.MEDIA_TYPE, headers=headers)


@bp.route(f"{PATH}/import", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=of_address)
def take_in(profile_id: int):
    """Take in a filled workbook, all of it; or say which cells are refused and what was saved meanwhile."""
    profile, form = queries.profile(profile_id), WorkbookForm()
    about = {"profile": profile, "setting": setting(queries.contents(profile))}
    taken = accepted(form, importing.take, *REFUSALS, **about, actor=actor(), now=now())
    if taken is not None:
        changed = (", " if language() == "en" else "、").join(sheets()[key].label(language()) for key in taken)
        flash(_("Imported: %(tasks)s.", tasks=changed) if taken else _("The workbook says what is saved already."))
        return redirect(url_for("profiles.hub", profile_id=profile_id), 303)
    tried = _tried(form, about) if form.form_errors else None
    page = render_template(
        "profiles/import.html",
        form=form,
        profile=queries.profile(profile_id),
        refused=[(cell, words(refusal)) for cell, refusal in tried.refused[:MOST_SHOWN]] if tried else [],
        newer=tried.newer if tried and not tried.refused else [],
        editable=profile.state in rules.EDITABLE,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _tried(form: WorkbookForm, about: dict) -> importing.Tried | None:
    """What is wrong with the workbook, read once more to be shown."""
    try:
        return importing.tried(stream=form.file.data.stream, **about)
    except Refusal:
        return None


def _words() -> workbook.Words:
    second = "en" if language() != "en" else "zh-Hans"
    with force_locale(LANGUAGES[second].locale):
        again = _introduction()
    return workbook.Words(
        reader=language(),
        second=second,
        introduction=(*_introduction(), "", *again),
        headings=(
            _("Question"),
            _("What to write"),
            _("Chinese, or the answer"),
            _("English"),
            _("Document that proves it"),
        ),
        about=lambda field: _about(field, second),
        no_yes=(_("No"), _("Yes")),
    )


def _introduction() -> tuple[str, ...]:
    return (
        _("How to fill this in"),
        _("Each worksheet is a task of the profile. Write the Chinese and the English side by side."),
        _("A row whose cells are all emptied is taken out; a line you delete leaves what is saved as it is."),
        _("Send the workbook back on the page of the profile. All of it is taken in, or nothing and you are told why."),
        _("Files are not part of it; they are added on the page of the documents."),
    )


def _about(field: Field, second: str) -> str:
    """The explanation in the language of the reader, the other one beneath."""
    own = explained.explained(field)
    with force_locale(LANGUAGES[second].locale):
        return f"{own}\n{explained.explained(field)}"

"""The standard forms as everybody reads them: which there are, and the whole wording of each version."""

from flask import abort, render_template

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.bilingual.pair import SCRIPTS
from listing.disclosure.announcements import headlines, texts
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.standard import book, wording
from listing.web.page import language

from .blueprint import PUBLIC, bp

FORMS = f"{PUBLIC}/standard-forms"


@bp.get(FORMS)
@requires(Permission.PUBLIC)
def published_forms():
    """The forms in force."""
    return render_template("announcements/standard_forms.html", forms=book.in_force().values(), categories=categories())


@bp.get(f"{FORMS}/<form_id>/<int:form_version>")
@requires(Permission.PUBLIC)
def published_form(form_id: str, form_version: int):
    """One version of a form: its wording in three writings, and what is filled in."""
    form = book.published().get((form_id, form_version)) or abort(404)
    scripts = SCRIPTS[::-1] if language() == "zh-Hant" else SCRIPTS
    return render_template(
        "announcements/standard_form.html",
        standard=form,
        in_force=book.in_force()[form_id].version,
        category=categories()[form.category],
        headline=headlines.headline(form.headline),
        written=[(title, texts.passages(body)) for title, body in (wording.blank(form, each) for each in scripts)],
    )

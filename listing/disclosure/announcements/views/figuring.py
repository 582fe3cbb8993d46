"""The page on which the figures of a report are typed, and a release for programs, its figures among the rest."""

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import queries as companies
from listing.disclosure.announcements import facts, figures, parties, queries, rules, saying
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.figures import Given
from listing.disclosure.announcements.figures_form import FiguresForm, shown
from listing.disclosure.announcements.operations import figuring
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import PATH, PUBLIC, bp, written_for
from .public import whole
from .showing import status


@bp.route(f"{PATH}/figures", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def give_figures(announcement_id: int):
    """Type the figures of a report."""
    row = queries.by_id(announcement_id)
    if row.category not in figures.sheet().categories:
        abort(404)
    form = FiguresForm(data=shown(Given.from_json(row.figures)) | {"version": row.version})
    who = {"announcement": row, "actor": actor(), "now": now()}
    if accepted(form, figuring.give, rules.NotNow, rules.ChangedMeanwhile, **who):
        flash(_("Saved."))
        return redirect(url_for("announcements.read", announcement_id=announcement_id), 303)
    row = queries.by_id(announcement_id)
    company = companies.by_id(row.company_id)
    page = {"row": row, "company": company, "sheet": figures.sheet()}
    return render_template("announcements/figures.html", form=form, **page), status(form)


@bp.get(f"{PUBLIC}/<number>/announcement.json")
@requires(Permission.PUBLIC)
def data(number: str):
    """A release for programs: both texts, the figures, the attachments and the digests."""
    row = whole(number)
    company, corrects = companies.by_id(row.company_id), queries.release_by_id(row.corrects_id)
    return jsonify(
        number=row.number,
        company={"slug": company.slug, "code": company.code, "zh": company.name_zh, "en": company.name_en},
        category=row.category,
        visibility=row.visibility,
        headline=row.headline,
        item=categories()[row.category].item,
        released_at=row.released_at.isoformat(),
        corrects=corrects.number if corrects else None,
        title={"zh": row.title.zh, "en": row.title.en},
        passages=row.content["passages"],
        note=row.content["note"],
        **facts.values(row, parties.in_order(parties.behind([row.id])[row.id])),
        figures=saying.data(row.figures),
        files=[{key: file[key] for key in ("side", "name", "size", "sha256")} for file in row.files],
        sha256={"zh": row.digest_zh, "en": row.digest_en},
    )

"""Filling in a standard form: choosing one, beginning or correcting an announcement from it, changing its draft."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import queries as companies
from listing.disclosure.announcements import queries, rules, texts
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.operations import filling
from listing.disclosure.announcements.standard import book, fields, filled, periods, wording
from listing.disclosure.announcements.standard.form import beginning, changing, shown
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import OWN, PATH, bp, company_of, spoken_for, written_for
from .showing import status

OF_FIELDS = (fields.Passed, fields.TooFar, fields.TooLongAgo, rules.NotYet, filling.NoSuchAnnouncement)
OF_FORM = (wording.OtherFields, wording.NothingChanges, filled.OtherVersion, filled.ByItsForm)
BETWEEN = (periods.NoSuchPeriod, wording.NotAfter, wording.TooEarly, wording.TooMany, wording.TheSame)
REFUSALS = (*OF_FIELDS, *OF_FORM, *BETWEEN)


@bp.get(f"{OWN}/standard-forms")
@requires(Permission.ANNOUNCEMENT_EDIT, subject=spoken_for)
def choose_form(slug: str):
    """The forms that a company may fill in."""
    page = {"company": company_of(slug), "forms": book.in_force().values(), "categories": categories()}
    return render_template("announcements/choose_form.html", **page)


@bp.route(f"{OWN}/standard-forms/<form_id>", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=spoken_for)
def begin_form(slug: str, form_id: str):
    """Begin an announcement from a form, or the correction of the one that ``corrects`` names."""
    company, standard = company_of(slug), book.in_force().get(form_id) or abort(404)
    corrects = _corrects(company, form_id)
    kept = shown(corrects.form) if corrects else {"prevailing": _prevailing(company), "script": company.name_script}
    form = beginning(standard)(correction=corrects is not None, data=kept | {"form_version": standard.version})
    who = {"company": company, "form_id": form_id, "corrects": corrects, "actor": actor(), "now": now()}
    there = {"then": lambda row: url_for("announcements.read", announcement_id=row.id)}
    answer = created(form, filling.begin, rules.AlreadyCorrected, *REFUSALS, **there, **who)
    return answer if answer is not None else _page(form, company, corrects, None)


@bp.route(f"{PATH}/standard-form", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def change_form(announcement_id: int):
    """Fill in the draft of a form anew."""
    row = queries.by_id(announcement_id)
    standard = book.in_force().get((row.form or {}).get("id")) or abort(404)
    kept = shown(row.form) | {"prevailing": row.prevailing, "script": row.title.script, "version": row.version}
    form = changing(standard)(correction=row.corrects_id is not None, data=kept | {"form_version": standard.version})
    who = {"announcement": row, "actor": actor(), "now": now()}
    if accepted(form, filling.save, rules.NotNow, rules.ChangedMeanwhile, *REFUSALS, **who):
        flash(_("Saved."))
        return redirect(url_for("announcements.read", announcement_id=announcement_id), 303)
    row = queries.by_id(announcement_id)
    return _page(form, companies.by_id(row.company_id), queries.release_by_id(row.corrects_id), row)


def _corrects(company, form_id: str):
    """The release that is to be corrected; 404 for that of another company, or one not made from this form."""
    if not (number := request.args.get("corrects", "")):
        return None
    found = queries.release(number.replace("\0", ""))
    ours = found is not None and found.company_id == company.id and (found.form or {}).get("id") == form_id
    return found if ours else abort(404)


def _prevailing(company) -> str:
    return company.prevailing if company.prevailing in rules.SIDES else rules.CHINESE


def _page(form, company, corrects, row):
    """The fields, and under them the wording of the form with the names of its fields."""
    script = corrects.title.script if corrects else form.script.data or company.name_script
    title, body = wording.blank(form.standard, script if script in ("Hans", "Hant") else company.name_script)
    page = {"company": company, "corrects": corrects, "row": row, "standard": form.standard}
    page |= {"title": title, "passages": texts.passages(body), "category": categories()[form.standard.category]}
    return render_template("announcements/fill.html", form=form, **page), status(form)

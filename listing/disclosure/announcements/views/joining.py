"""The pages of a joint announcement: inviting a company to a draft, taking it out, leaving for one's own company."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.disclosure.announcements import joint, parties, queries, rules
from listing.disclosure.announcements.forms import InviteForm, ReasonForm
from listing.disclosure.announcements.operations import joining
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, written_for
from .showing import status


@bp.route(f"{PATH}/companies", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def invite(announcement_id: int):
    """The companies that announce it together, and inviting another."""
    row, form = queries.by_id(announcement_id), InviteForm()
    there = url_for("announcements.invite", announcement_id=announcement_id)
    refusals = (rules.NotNow, joint.NoSuchCompany, joint.InvitedAlready, joint.TooManyInvited)
    who = {"announcement": row, "actor": actor(), "now": now()}
    answer = created(form, joining.invite, *refusals, then=lambda _row: there, **who)
    if answer is not None:
        return answer
    row = queries.by_id(announcement_id)
    page = {"row": row, "first": parties.companies_of(row)[0], "others": _others(row)}
    return render_template("announcements/companies.html", form=form, **page), status(form)


def _others(row) -> list:
    """What is kept of each further company, with the company."""
    found = parties.invited(row.id)
    return list(zip(found, parties.in_order([each.company_id for each in found]), strict=True))


@bp.post(f"{PATH}/companies/<int:company_id>/out")
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def take_out(announcement_id: int, company_id: int):
    """Take a company out of a draft again."""
    row, form = queries.by_id(announcement_id), Form()
    party = parties.party(announcement_id, company_id) or abort(404)
    if accepted(form, joining.take_out, rules.NotNow, announcement=row, party=party, actor=actor(), now=now()):
        flash(_("The company takes part no more."))
    else:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("announcements.invite", announcement_id=announcement_id), 303)


@bp.route(f"{PATH}/leave", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_LEAVE, subject=written_for)
def leave(announcement_id: int):
    """Decline to take part, or withdraw before the release, with the reason."""
    row, form = queries.by_id(announcement_id), ReasonForm()
    who = {"announcement": row, "actor": actor(), "now": now()}
    if accepted(form, joining.leave, rules.NotNow, rules.NoReason, **who):
        flash(_("Your company takes part no more. The others are told."))
        return redirect(url_for("front.studio"), 303)
    return render_template("announcements/leave.html", form=form, row=queries.by_id(announcement_id)), status(form)

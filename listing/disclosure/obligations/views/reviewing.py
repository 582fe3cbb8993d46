"""The reviewer's pages: applications for a tier that wait, and one of them."""

from flask import abort, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.rules import HostileText
from listing.companies import queries as companies
from listing.companies import rows
from listing.disclosure import standards
from listing.web.page import now
from listing.web.turn import accepted

from .. import queries, rules, wording
from ..forms import DecideForm
from ..operations import tiers
from .blueprint import bp


@bp.get("/<ui:lang>/review/disclosure")
@requires(Permission.DISCLOSURE_REVIEW)
def overview():
    """The applications for a tier that wait."""
    waiting = queries.waiting()
    named = {company.id: company for company in rows.of_ids([row.company_id for row in waiting])}
    return render_template("obligations/overview.html", waiting=waiting, companies=named, wording=wording)


@bp.route("/<ui:lang>/review/disclosure/tiers/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.DISCLOSURE_REVIEW)
def decide(request_id: int):
    """One application for a tier: what it asks for, what the company owes, and the decision."""
    asked, form = queries.request(request_id) or abort(404), DecideForm()
    company = companies.by_id(asked.company_id)
    refusals = (rules.SamePerson, rules.NoReason, rules.Decided, HostileText)
    who = {"request": asked, "company": company, "actor": actor(), "now": now()}
    if accepted(form, _decided, *refusals, **who):
        return redirect(url_for("obligations.decide", request_id=request_id), 303)
    asked = queries.request(request_id)
    return render_template(
        "obligations/decide.html",
        asked=asked,
        company=companies.by_id(asked.company_id),
        calendar=queries.calendar(companies.by_id(asked.company_id), now()),
        standard=standards.published()[asked.version],
        form=form,
        me=actor().user_id,
        wording=wording,
    ), 422 if form.errors or form.form_errors else 200


def _decided(*, answer: str, **arguments):
    return tiers.decide(granted=answer == "grant", **arguments)

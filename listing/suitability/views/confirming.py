"""One company as the matrix sees it for one institution, and the two statements by which it goes on all the same."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import own_path
from listing.suitability import operations, queries, rules
from listing.suitability.forms import StatementForm
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import DESK, application_of, bp, company_of

ONE = f"{DESK}/<int:institution_id>/<slug>"
REFUSALS = (rules.NothingToConfirm, rules.NotRead, rules.FirstThat)


def _then() -> str | None:
    """Where the reader came from and wants to go on."""
    return own_path(request.args.get("then"))


def _form(place: int, **arguments) -> StatementForm:
    return StatementForm(label=queries.matrix(now()).statement[1 + place].said(language()), **arguments)


def _page(institution_id: int, slug: str, form: StatementForm, template: str = "company"):
    company = company_of(slug)
    suited = queries.suited(institution_id, [company.id], now()).get(company.id)
    begun = suited and queries.begun(institution_id, company.id, actor().user_id, suited.verdict)
    page = render_template(
        f"suitability/{template}.html",
        organisation=accounts.organisation(institution_id),
        company=company,
        suited=suited,
        begun=begun,
        form=form,
        signs=may(Permission.ADMISSION_SEND, application_of(institution_id)),
        changes=rules.CHANGES,
        then=_then(),
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get(ONE)
@requires(Permission.ADMISSION_VIEW, subject=application_of)
def company(institution_id: int, slug: str):
    """What the matrix says of an institution and a company, why, and what can be done."""
    return _page(institution_id, slug, _form(0, formdata=None))


@bp.post(ONE)
@requires(Permission.ADMISSION_SEND, subject=application_of)
def read(institution_id: int, slug: str):
    """The first act: the warning was read."""
    form = _form(0)
    if _done(form, operations.read, institution_id, slug) is None:
        return _page(institution_id, slug, form)
    return redirect(url_for("suitability.sure", institution_id=institution_id, slug=slug, then=_then()), 303)


@bp.get(f"{ONE}/confirm")
@requires(Permission.ADMISSION_SEND, subject=application_of)
def sure(institution_id: int, slug: str):
    """Ask once more, on a page of its own."""
    return _page(institution_id, slug, _form(1, formdata=None), "sure")


@bp.post(f"{ONE}/confirm")
@requires(Permission.ADMISSION_SEND, subject=application_of)
def confirm(institution_id: int, slug: str):
    """The second act: the investor goes on all the same."""
    form = _form(1)
    if _done(form, operations.confirm, institution_id, slug) is None:
        return _page(institution_id, slug, form, "sure")
    flash(_("Confirmed. Your institution can now go on with this company."))
    return redirect(_then() or url_for("suitability.company", institution_id=institution_id, slug=slug), 303)


def _done(form: StatementForm, operation, institution_id: int, slug: str):
    about = {"organisation_id": institution_id, "company_id": company_of(slug).id, "language": language()}
    return accepted(form, operation, *REFUSALS, **about, actor=actor(), now=now())

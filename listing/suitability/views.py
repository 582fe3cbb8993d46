"""The investor's pages of suitability: own level and matrix, one company, two statements; and the operator's list."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import INVESTOR, own_path
from listing.admission import queries as admissions
from listing.companies import presentable
from listing.companies import queries as companies
from listing.companies.rules import DISPLAYED
from listing.web import exports, paging
from listing.web.exports import Column
from listing.web.page import language, now
from listing.web.turn import accepted

from . import operations, queries, rules
from .forms import StatementForm

bp = Blueprint("suitability", __name__)

DESK = "/<ui:lang>/desk/suitability"
ONE = f"{DESK}/<int:institution_id>/<slug>"
REVIEW = "/<ui:lang>/review/suitability"
REFUSALS = (rules.NothingToConfirm, rules.NotRead, rules.FirstThat)


def application_of(institution_id: int, **_rest) -> admissions.Application | None:
    """The last application of the institution that an address names; without one there is nothing to ask."""
    return admissions.last_of(institution_id)


@bp.get(DESK)
@requires(Permission.DESK_ENTER)
def own():
    """The reader's institutions with their levels, what follows from each, and what they confirmed."""
    institutions = accounts.organisations_of(actor(), kinds=(INVESTOR,))
    known = queries.investors([one.id for one in institutions], now())
    given = {one.id: queries.of_institution(one.id) for one in institutions}
    return render_template(
        "suitability/own.html",
        institutions=institutions,
        levels={number: rules.held(queries.matrix(now()), one, now()) for number, one in known.items()},
        matrix=queries.matrix(now()),
        given=given,
        companies=presentable.of({row.company_id for rows in given.values() for row in rows}),
    )


def _company(slug: str) -> companies.Company:
    """The company of an address, while it is on display."""
    found = companies.by_slug(slug)
    return found[0] if found and found[0].status == DISPLAYED else abort(404)


def _then() -> str | None:
    """Where the reader came from and wants to go on."""
    return own_path(request.args.get("then"))


def _form(place: int, **arguments) -> StatementForm:
    return StatementForm(label=queries.matrix(now()).statement[1 + place].said(language()), **arguments)


def _page(institution_id: int, slug: str, form: StatementForm, template: str = "company"):
    company = _company(slug)
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
    about = {"organisation_id": institution_id, "company_id": _company(slug).id, "language": language()}
    return accepted(form, operation, *REFUSALS, **about, actor=actor(), now=now())


@bp.get(REVIEW)
@requires(Permission.ADMISSION_REVIEW)
def confirmations():
    """What investors confirmed, the last first."""
    rows = queries.given(paging.after_number("before"))
    beyond, rows = len(rows) > queries.PAGE, rows[: queries.PAGE]
    return render_template(
        "suitability/confirmations.html",
        rows=rows,
        onward=rows[-1].id if beyond else None,
        institutions=accounts.organisations({row.organisation_id for row in rows}),
        companies=presentable.of({row.company_id for row in rows}),
    )


COLUMNS = (
    Column("institution_zh", lambda line: line.institution.name_zh),
    Column("institution_en", lambda line: line.institution.name_en),
    Column("person", lambda line: line.row.label),
    Column("company", lambda line: line.company.slug),
    Column("company_zh", lambda line: line.company.name.zh),
    Column("company_en", lambda line: line.company.name.en),
    Column("investor_level", lambda line: line.row.investor_level),
    Column("risk_level", lambda line: line.row.risk_level),
    Column("regime", lambda line: line.row.regime),
    Column("matrix", lambda line: line.row.matrix),
    Column("statement", lambda line: line.row.statement),
    Column("language", lambda line: line.row.language),
    Column("read_at", lambda line: line.row.read_at),
    Column("confirmed_at", lambda line: line.row.confirmed_at),
)


@bp.get(f"{REVIEW}/csv")
@requires(Permission.ADMISSION_REVIEW)
def confirmations_csv():
    """All of it for spreadsheets."""
    return exports.as_csv(queries.lines(), COLUMNS, name="suitability.csv")

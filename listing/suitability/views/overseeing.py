"""The operator's list of what was confirmed and answered anew, the former as a file, and levels that people set."""

from flask import abort, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.suitability import levelling, queries, rules
from listing.suitability.forms import LevelForm
from listing.web import exports, paging
from listing.web.exports import Column
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import bp, company_of

REVIEW = "/<ui:lang>/review/suitability"


@bp.get(REVIEW)
@requires(Permission.ADMISSION_REVIEW)
def confirmations():
    """What investors confirmed, the last first, and who answered the questionnaire anew."""
    anew, set_ = queries.lately_anew(), queries.all_set()
    rows = queries.given(paging.after_number("before"))
    beyond, rows = len(rows) > queries.PAGE, rows[: queries.PAGE]
    return render_template(
        "suitability/confirmations.html",
        rows=rows,
        onward=rows[-1].id if beyond else None,
        anew=anew,
        set=set_,
        institutions=accounts.organisations({row.organisation_id for row in (*rows, *anew)}),
        companies=presentable.of({row.company_id for row in (*rows, *set_)}),
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


@bp.route(f"{REVIEW}/levels/<slug>", methods=["GET", "POST"])
@requires(Permission.ADMISSION_GOVERN)
def level(slug: str):
    """The level of a company and what made it so; a supervisor sets it higher."""
    company = company_of(slug)
    form = LevelForm(above=queries.derived(company.id, now()))
    refused = (rules.ReasonInBoth, rules.NotHigher, rules.MeanwhileSet)
    if accepted(form, levelling.raise_level, *refused, company_id=company.id, actor=actor(), now=now()):
        return redirect(url_for("suitability.level", slug=slug), 303)
    page = render_template(
        "suitability/level.html",
        company=company,
        form=form,
        matrix=queries.matrix(now()),
        risk=queries.risks([company.id], now())[company.id],
        set=queries.set_levels([company.id]).get(company.id),
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.post(f"{REVIEW}/levels/<slug>/lift")
@requires(Permission.ADMISSION_GOVERN)
def lift(slug: str):
    """Let the level be as it is worked out."""
    company, form = company_of(slug), Form()
    if accepted(form, levelling.lift, company_id=company.id, actor=actor(), now=now()) is None:
        abort(400)
    return redirect(url_for("suitability.level", slug=slug), 303)

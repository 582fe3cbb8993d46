"""The operator's list of warnings confirmed and of questionnaires answered anew, and the former as a file."""

from flask import render_template

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.suitability import queries
from listing.web import exports, paging
from listing.web.exports import Column

from .blueprint import bp

REVIEW = "/<ui:lang>/review/suitability"


@bp.get(REVIEW)
@requires(Permission.ADMISSION_REVIEW)
def confirmations():
    """What investors confirmed, the last first, and who answered the questionnaire anew."""
    anew = queries.lately_anew()
    rows = queries.given(paging.after_number("before"))
    beyond, rows = len(rows) > queries.PAGE, rows[: queries.PAGE]
    return render_template(
        "suitability/confirmations.html",
        rows=rows,
        onward=rows[-1].id if beyond else None,
        anew=anew,
        institutions=accounts.organisations({row.organisation_id for row in (*rows, *anew)}),
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

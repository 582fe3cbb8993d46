"""The operator's page of what is late and what falls due this month, with its file."""

from collections.abc import Mapping

from flask import render_template, request
from flask_babel import gettext as _

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.companies import catalogue, figure_tables
from listing.disclosure import standards
from listing.web import exports
from listing.web.page import language, now

from .. import overseen, queries, wording
from .blueprint import bp

PATH = "/<ui:lang>/review/disclosure/due"
BATCH = 500


def _found() -> list[overseen.Row]:
    asked = overseen.Asked.of(request.args)
    found = overseen.rows(queries.in_tiers(now(), batch=BATCH), asked)
    return sorted(found, key=lambda row: (row.line.by, row.calendar.company.code, row.line.item.id))


@bp.get(PATH)
@requires(Permission.DISCLOSURE_REVIEW)
def due():
    """What is late and what falls due this month, as asked for, and how much of it by tier, market and sector."""
    found, reader = _found(), language()
    labels = {
        "tier": {code: label.said(reader) for code, label in standards.latest().tiers.items()},
        "market": catalogue.labels("market", reader),
        "sector": catalogue.labels("group", reader),
    }
    counted = {name: overseen.counts(found, code_of) for name, code_of in overseen.BY.items()}
    return render_template(
        "obligations/due.html",
        asked=overseen.Asked.of(request.args),
        rows=found[: overseen.SHOWN],
        total=len(found),
        counted=counted,
        charts={name: _chart(rows, labels[name], reader) for name, rows in counted.items() if rows},
        labels=labels,
        wording=wording,
    )


def _chart(counted: list[overseen.Count], labels: Mapping[str, str], reader: str) -> figure_tables.Chart:
    """How much is late, by what it was counted by; the most first, as many as a chart holds."""
    rows = [(labels.get(one.code, one.code) or _("Not given"), one.late) for one in counted]
    return figure_tables.counts(_("Late"), rows[: figure_tables.MOST_BARS], reader)


@bp.get(f"{PATH}/csv")
@requires(Permission.DISCLOSURE_REVIEW)
def due_csv():
    """The same for spreadsheets, all of it."""
    return exports.as_csv(_found(), overseen.columns(language()), name="disclosure-due.csv")

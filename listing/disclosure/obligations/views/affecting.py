"""The operator's page of whom a version of the standard affects, before it takes effect; and the same as files."""

from itertools import groupby

from flask import abort, jsonify, render_template, request

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.disclosure import standards
from listing.disclosure import wording as asking
from listing.files.rules import disposition
from listing.web import exports
from listing.web.page import language, now

from .. import affected, wording
from ..forms import DraftForm
from .blueprint import bp

PATH = "/<ui:lang>/review/disclosure/affected"
SHOWN = 100


@bp.route(PATH, methods=["GET", "POST"])
@requires(Permission.DISCLOSURE_REVIEW)
def affects():
    """What a version changes and for whom: the next to take effect, one that is asked for, or a file of one."""
    form = DraftForm()
    if form.validate_on_submit() and (draft := form.read(now())):
        report = affected.affected(draft, now())
        if form.answer.data != "page":
            return _csv(report) if form.answer.data == "csv" else _json(report)
        return _page(form, report)
    if request.method == "POST":
        return _page(form, None), 422
    asked = _asked() or next(iter(affected.comparable()), None)
    return _page(form, asked and affected.affected(asked, now()))


@bp.get(f"{PATH}/csv")
@requires(Permission.DISCLOSURE_REVIEW)
def affects_csv():
    """A line for each company and change of a published version, for spreadsheets."""
    return _csv(affected.affected(_asked() or abort(404), now()))


@bp.get(f"{PATH}/json")
@requires(Permission.DISCLOSURE_REVIEW)
def affects_json():
    """The same for programs."""
    return _json(affected.affected(_asked() or abort(404), now()))


def _asked() -> standards.Standard | None:
    """The published version that the address names, if it names one; 404 for what has nothing before it."""
    name = request.args.get("version", "")
    return next((one for one in affected.comparable() if one.version == name), None) or (abort(404) if name else None)


def _page(form: DraftForm, report: affected.Report | None) -> str:
    groups = groupby(report.lines, key=lambda line: line.change.item and line.change.item.id) if report else ()
    return render_template(
        "obligations/affected.html",
        form=form,
        report=report,
        groups=[list(lines) for _item, lines in groups],
        versions=affected.comparable(),
        shown=SHOWN,
        asking=asking,
        wording=wording,
    )


def _csv(report: affected.Report):
    return exports.as_csv(report.rows(), _columns(report, language()), name=_name(report, "csv"))


def _columns(report: affected.Report, reader: str) -> tuple[exports.Column, ...]:
    return (
        exports.Column("version", lambda _row: report.standard.version),
        exports.Column("effective_from", lambda _row: report.standard.effective_from),
        exports.Column("before", lambda _row: report.before.version),
        exports.Column("tier", lambda row: row[0].change.tier),
        exports.Column("item", lambda row: row[0].change.item and row[0].change.item.id),
        exports.Column("item_label", lambda row: row[0].change.item and row[0].change.item.name.said(reader)),
        exports.Column("change", lambda row: row[0].change.kind),
        exports.Column("what", lambda row: wording.changed(row[0].change, reader)),
        exports.Column("market", lambda row: row[1].company.market),
        exports.Column("code", lambda row: row[1].company.code),
        exports.Column("name_zh", lambda row: row[1].company.name_zh),
        exports.Column("name_en", lambda row: row[1].company.name_en),
        exports.Column("first_due", lambda row: row[1].first_due),
        exports.Column("no_day_because", lambda row: None if row[1].first_due else row[0].why),
    )


def _json(report: affected.Report):
    answer = jsonify(affected.as_data(report))
    answer.headers["Content-Disposition"] = disposition(_name(report, "json"))
    return answer


def _name(report: affected.Report, ending: str) -> str:
    return f"affected-{report.standard.version}.{ending}"

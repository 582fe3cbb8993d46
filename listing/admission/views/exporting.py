"""The history of a case as a file for those who work on it; by POST, because each leaves a line in the log."""

from flask import abort, redirect, url_for
from flask_babel import gettext

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.admission import rules, vetting
from listing.admission.history import queries as history
from listing.admission.history.rules import RESULTS
from listing.admission.operations import exporting
from listing.web import exports
from listing.web.exports import Column
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import bp
from .reviewing import CASE
from .wording import said_event

WRITERS = {"csv": exports.as_csv, "json": exports.as_json}
REASONS = rules.REASONS | rules.QUESTIONS
COLUMNS = (
    Column("at", lambda event: event.at),
    Column("event", lambda event: event.code),
    Column("event_said", lambda event: said_event(event.code)),
    Column("by", lambda event: event.by),
    Column("about", lambda event: event.about),
    Column("result", lambda event: event.result),
    Column("result_said", lambda event: gettext(RESULTS[event.result]) if event.result in RESULTS else ""),
    Column("reasons", lambda event: " ".join(event.reasons)),
    Column("reasons_said", lambda event: " ".join(gettext(REASONS[code]) for code in event.reasons if code in REASONS)),
    Column("words", lambda event: event.words),
    Column("log_entry", lambda event: event.entry),
)


def _sought(submission_id: int, **_rest):
    return history.sought(submission_id, actor())


@bp.post(f"{CASE}/history/<any(csv, json):shape>")
@requires(Permission.ADMISSION_HISTORY, subject=_sought)
def export_history(submission_id: int, shape: str):
    """Everything that happened to the case, in order, as this reader may know it."""
    case, form = vetting.case(submission_id, actor()) or abort(404), Form()
    if not form.validate_on_submit():
        return redirect(url_for("admission.case", submission_id=submission_id, _anchor="history"), 303)
    accepted(form, exporting.export, case=case, shape=shape, actor=actor(), now=now())
    events = history.events(case.application, actor())
    about = {"case": case.application.reference, "state": case.application.state, "exported_at": now().isoformat()}
    more = {"items": "history", "about": about} if shape == "json" else {}
    return WRITERS[shape](events, COLUMNS, name=f"{case.application.reference}-history.{shape}", **more)

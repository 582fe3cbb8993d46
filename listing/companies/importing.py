"""The operator's pages for importing companies: send a file, see what it would do, take it."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.web import formats
from listing.web.page import language, now, words
from listing.web.turn import accepted, created

from . import rules
from .forms import MODE_HINTS, MOST_SOURCE, TakeForm, UploadForm
from .operations import uploading
from .reading.columns import COLUMNS, NEEDED
from .reading.findings import NOTE, REFUSED, WARNING, Finding, Unreadable

bp = Blueprint("importing", __name__)

MOST_SHOWN = 200
ROWS_A_SECOND = 300  # imported on one busy core, reading included; what is said is rather too long than too short


def message(finding: Finding) -> str:
    """A finding as a sentence in the reader's language."""
    return _(finding.message, **finding.params)


@bp.route("/<ui:lang>/review/companies/import", methods=["GET", "POST"])
@requires(Permission.COMPANY_IMPORT)
def upload():
    """Send a file of companies."""
    form = UploadForm()
    answer = created(
        form, uploading.keep, Unreadable, then=lambda sent: _tried_at(sent, form.source.data), actor=actor(), now=now()
    )
    if answer is not None:
        return answer
    return render_template("companies/import.html", form=form, columns=COLUMNS, needed=NEEDED), _status(form)


@bp.route("/<ui:lang>/review/companies/import/<key>", methods=["GET", "POST"])
@requires(Permission.COMPANY_IMPORT)
def report(key: str):
    """What the file would do, row by row, and the decision to take it."""
    sent = uploading.kept(key=key, actor=actor(), now=now()) or abort(404)
    form, source = TakeForm(), _source()
    taken = accepted(form, uploading.take, uploading.RowsRefused, upload=sent, source=source, actor=actor(), now=now())
    if taken is not None:
        shown = {name: formats.number(value, language()) for name, value in taken.counts().items()}
        flash(_("Imported. New: %(created)s, changed: %(changed)s.") % shown)
        return redirect(url_for("front.review"), 303)
    try:
        tried = uploading.tried(upload=sent, mode=form.mode.data, source=source, actor=actor(), now=now())
    except Unreadable as unreadable:
        return render_template("companies/import_unreadable.html", upload=sent, why=words(unreadable)), 422
    shown = list(islice(sorted(tried.findings, key=_gravest_first), MOST_SHOWN))
    page = {"form": form, "upload": sent, "report": tried, "shown": shown, "message": message, "hints": MODE_HINTS}
    about = {
        "source": source,
        "kinds": _kinds(tried.findings),
        "called": tried.file.called(finding.line for finding in shown),
        "seconds": -(-tried.file.rows // ROWS_A_SECOND),
    }
    return render_template("companies/import_report.html", **page, **about), _status(form)


def _tried_at(sent, source: str | None) -> str:
    return url_for("importing.report", key=sent.key, source=(source or "").strip() or None)


def _source() -> str:
    """The source stated for the whole file, none where it holds hidden characters."""
    try:
        return rules.line(request.args.get("source", "")[:MOST_SOURCE])
    except rules.HostileCharacters:
        return ""


def _kinds(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """Each kind of finding with three dots for what differs from row to row, and how often; the most frequent first."""
    found = {finding.code: finding for finding in findings}
    counts = Counter(finding.code for finding in findings).most_common()
    return [(_(found[code].message, **dict.fromkeys(found[code].params, "…")), count) for code, count in counts]


def _status(form) -> int:
    return 422 if form.errors or form.form_errors else 200


def _gravest_first(finding: Finding) -> tuple[int, int]:
    return (REFUSED, WARNING, NOTE).index(finding.gravity), finding.line

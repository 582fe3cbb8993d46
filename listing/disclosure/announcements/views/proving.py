"""For whoever doubts: the receipt of a release, and whether what somebody holds was released, when and as what."""

import hashlib

from flask import abort, jsonify, render_template, request

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.disclosure.announcements import parties, proofs, queries, readers, texts
from listing.disclosure.announcements.forms import VerifyForm
from listing.journal.queries import LogBroken

from .blueprint import PUBLIC, bp
from .public import whole
from .showing import status

MOST_TEXT = 1024 * 1024  # bytes of a file that is looked at as a text, too


@bp.get(f"{PUBLIC}/<number>/receipt.json")
@requires(Permission.PUBLIC)
def receipt(number: str):
    """Everything with which scripts/verify_log.py checks this release without us."""
    try:
        held = proofs.receipt(whole(number))
    except LogBroken:
        abort(503)
    return jsonify(held or abort(404))


@bp.route(f"{PUBLIC}/verify", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def verify():
    """Say whether a text or a file was released here, when and as what; nothing of it is kept.

    Whoever holds a whole text learns that it is one, also of an announcement that not everybody reads.
    """
    form, matches = VerifyForm(), None
    if form.validate_on_submit():
        matches = queries.found_by(_digests(form))
    exact = [match for match in matches or () if not match[0].digest.startswith(texts.LOOSE)]
    marks = {row.id: (row, mark) for mark, row in (*(matches or ()), *exact)}  # what is exact stands for its release
    shown = readers.seen([row for row, _mark in marks.values()], actor())
    rows = {row.id: (row, marks[row.id][1]) for row in shown}
    behind = parties.behind(list(rows))
    return render_template(
        "announcements/verify.html",
        form=form,
        asked=matches is not None,
        rows=list(rows.values()),
        behind=behind,
        companies=presentable.of({each for ids in behind.values() for each in ids}),
        corrected=queries.corrected(list(rows)),
        loose=texts.LOOSE,
    ), status(form)


def _digests(form: VerifyForm) -> list[str]:
    """The digests of what was sent: of the bytes, of the text in our form, of the text whatever its blanks."""
    digests, held = [], form.text.data or ""
    file = request.files.get(form.file.name)
    if file and file.filename:
        digests.append(hashlib.file_digest(file.stream, "sha256").hexdigest())
        file.stream.seek(0)
        content = file.stream.read(MOST_TEXT + 1)
        file.stream.seek(0)
        held = content.decode("utf-8", "ignore") if len(content) <= MOST_TEXT else ""
    if held.strip():
        digests += [texts.digest(texts.settled(held)), texts.loose(held)]
    return digests

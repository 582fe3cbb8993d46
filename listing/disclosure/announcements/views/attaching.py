"""Files beside the two texts: adding one, taking one out, opening one; and the download of one that was released."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.disclosure.announcements import queries, rules
from listing.disclosure.announcements.forms import AttachForm
from listing.disclosure.announcements.operations import attaching
from listing.files import queries as stored
from listing.files import rules as files
from listing.files import serving
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import PATH, PUBLIC, bp, written_for
from .public import whole
from .showing import status


@bp.route(f"{PATH}/files", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def attach(announcement_id: int):
    """Add a file for one language."""
    row, form = queries.by_id(announcement_id), AttachForm()
    there = url_for("announcements.read", announcement_id=announcement_id, _anchor="files")
    who = {"announcement": row, "actor": actor(), "now": now()}
    refusals = (rules.NotNow, rules.TooManyFiles, files.Unfit)
    answer = created(form, attaching.attach, *refusals, then=lambda _row: there, **who)
    if answer is not None:
        return answer
    return render_template("announcements/attach.html", form=form, row=queries.by_id(announcement_id)), status(form)


@bp.post(f"{PATH}/files/<int:file_id>/remove")
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def detach(announcement_id: int, file_id: int):
    """Take a file out of a draft."""
    row, form = queries.by_id(announcement_id), Form()
    who = {"announcement": row, "file_id": file_id, "actor": actor(), "now": now()}
    if accepted(form, attaching.detach, rules.NotNow, **who) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("announcements.read", announcement_id=announcement_id, _anchor="files"), 303)


@bp.get(f"{PATH}/files/<int:file_id>")
@requires(Permission.ANNOUNCEMENT_VIEW, subject=written_for)
def own_file(announcement_id: int, file_id: int):
    """Open a file of an announcement that is being written."""
    return _download(queries.by_id(announcement_id).files or [], file_id)


@bp.get(f"{PUBLIC}/<number>/files/<int:file_id>")
@requires(Permission.PUBLIC)
def file(number: str, file_id: int):
    """Hand out a file that was released to whoever may read the announcement."""
    return _download(whole(number).files, file_id)


def _download(rows: list, file_id: int):
    if file_id not in {row["id"] for row in rows}:
        abort(404)
    return serving.download(stored.get(file_id) or abort(404))

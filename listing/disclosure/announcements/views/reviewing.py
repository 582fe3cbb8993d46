"""The platform's pages: what waits to be read before its release, one announcement, and what the reader decides."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.calendars import OutsideCalendar
from listing.disclosure.announcements import queries, rules, under_review
from listing.disclosure.announcements.categories import categories, review
from listing.disclosure.announcements.forms import ReasonForm, SendForm
from listing.disclosure.announcements.operations import reviewing
from listing.files import queries as stored
from listing.files import serving
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import bp
from .showing import review_page

HOME = "/<ui:lang>/review/announcements"
ONE = f"{HOME}/<int:announcement_id>"
REFUSALS = (rules.NotNow, rules.HasPart, rules.ChangedSinceRead, rules.NotReady, rules.NoReason, OutsideCalendar)


@bp.get(HOME)
@requires(Permission.ANNOUNCEMENT_REVIEW)
def to_review():
    """What waits to be read, the longest first."""
    lines = under_review.lines(actor(), now())
    page = {"lines": lines, "total": under_review.count(), "review": review(), "categories": categories()}
    return render_template("announcements/to_review.html", **page)


@bp.get(ONE)
@requires(Permission.ANNOUNCEMENT_REVIEW)
def examine(announcement_id: int):
    """One announcement that waits to be read, with the forms of the decision."""
    return review_page(_waiting(announcement_id))


@bp.post(f"{ONE}/pass")
@requires(Permission.ANNOUNCEMENT_REVIEW)
def pass_on(announcement_id: int):
    """Let it go on to its window."""
    form = SendForm()
    if accepted(form, reviewing.pass_on, *REFUSALS, announcement=_known(announcement_id), **_who()):
        flash(_("Passed on. It is released in its window."))
        return redirect(url_for("announcements.to_review"), 303)
    return _again(announcement_id, passing=form)


@bp.post(f"{ONE}/return")
@requires(Permission.ANNOUNCEMENT_REVIEW)
def review_return(announcement_id: int):
    """Return it to those who wrote and signed it, with what has to change."""
    form = ReasonForm()
    if accepted(form, reviewing.send_back, *REFUSALS, announcement=_known(announcement_id), **_who()):
        flash(_("Returned. Its writers see what has to change."))
        return redirect(url_for("announcements.to_review"), 303)
    return _again(announcement_id, returning=form)


@bp.get(f"{ONE}/files/<int:file_id>")
@requires(Permission.ANNOUNCEMENT_REVIEW)
def review_file(announcement_id: int, file_id: int):
    """Open a file of an announcement that waits to be read."""
    if file_id not in {row["id"] for row in _waiting(announcement_id).files or []}:
        abort(404)
    return serving.download(stored.get(file_id) or abort(404))


def _known(announcement_id: int):
    return queries.by_id(announcement_id) or abort(404)


def _waiting(announcement_id: int):
    """What waits to be read by this person: anything else is not there, what she has a part in is refused."""
    row = _known(announcement_id)
    if row.state != rules.REVIEW:
        abort(404)
    return row if under_review.is_apart(row, actor()) else abort(403)


def _again(announcement_id: int, **forms):
    """The page with what was sent, or the list and the reason where it waits no more."""
    if _known(announcement_id).state == rules.REVIEW:
        return review_page(_waiting(announcement_id), **forms)
    flash(_("This waits for the platform no more: somebody else decided it, or its company withdrew it."), "error")
    return redirect(url_for("announcements.to_review"), 303)


def _who() -> dict:
    return {"actor": actor(), "now": now()}

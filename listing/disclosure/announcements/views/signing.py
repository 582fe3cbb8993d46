"""The steps of who checks or signs, for the company or its intermediary: both texts, or back with a reason."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.freshness import fresh
from listing.calendars import OutsideCalendar
from listing.disclosure.announcements import joint, queries, roles, rules
from listing.disclosure.announcements.forms import CheckForm, ReasonForm, SignForm
from listing.disclosure.announcements.operations import checking, signing, writing
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, written_for
from .showing import status, the_page

REFUSALS = (
    rules.NotDeclared,
    rules.NotNow,
    rules.WroteIt,
    rules.SignedIt,
    rules.ChangedSinceRead,
    rules.NotReady,
    roles.NotChecked,
    joint.NothingToSign,
    OutsideCalendar,
)


@bp.post(f"{PATH}/check")
@requires(Permission.ANNOUNCEMENT_CHECK, subject=written_for)
def check(announcement_id: int):
    """Confirm that both texts say the same."""
    row, form = queries.by_id(announcement_id), CheckForm()
    there = url_for("announcements.read", announcement_id=announcement_id)
    refusals = (roles.NotRead, roles.TranslatedIt, rules.NotNow, rules.ChangedSinceRead, rules.NotReady)
    who = {"announcement": row, "actor": actor(), "now": now()}
    answer = created(form, checking.confirm, *refusals, then=lambda _row: there, **who)
    if answer is None:
        return the_page(queries.by_id(announcement_id), check=form)
    flash(_("Noted: you checked that both texts say the same."))
    return answer


@bp.route(f"{PATH}/sign", methods=["GET", "POST"])
@fresh
@requires(Permission.ANNOUNCEMENT_SIGN, subject=written_for)
def sign(announcement_id: int):
    """Sign both texts; asks for the password again where it was given long ago."""
    row, form = queries.by_id(announcement_id), SignForm()
    there = url_for("announcements.read", announcement_id=announcement_id)
    who = {"announcement": row, "actor": actor(), "now": now()}
    answer = created(form, signing.sign, *REFUSALS, then=lambda _row: there, **who)
    return _signed(answer, form, announcement_id)


@bp.route(f"{PATH}/endorse", methods=["GET", "POST"])
@fresh
@requires(Permission.ANNOUNCEMENT_ENDORSE, subject=written_for)
def endorse(announcement_id: int):
    """Sign both texts for the intermediary; asks for the password again where it was given long ago."""
    row, form = queries.by_id(announcement_id), SignForm()
    there = url_for("announcements.read", announcement_id=announcement_id)
    who = {"announcement": row, "actor": actor(), "now": now()}
    answer = created(form, signing.endorse, *REFUSALS, then=lambda _row: there, **who)
    return _signed(answer, form, announcement_id)


def _signed(answer, form, announcement_id: int):
    """Lead to the page that says what happens next, or show again what could not be signed."""
    if answer is None:
        return the_page(queries.by_id(announcement_id), sign=form)
    flash(_("Signed. Read below what happens next."))
    return answer


@bp.route(f"{PATH}/return", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_SIGN, subject=written_for)
def send_back(announcement_id: int):
    """Return what was sent, or what waits for the intermediary, with what has to change."""
    waits = queries.by_id(announcement_id).state == rules.SPONSOR
    return _returned(announcement_id, rules.SPONSOR if waits else rules.SENT)


@bp.route(f"{PATH}/endorse/return", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_ENDORSE, subject=written_for)
def endorse_not(announcement_id: int):
    """Return what waits for the intermediary, with what has to change."""
    return _returned(announcement_id, rules.SPONSOR)


def _returned(announcement_id: int, station: str):
    row, form = queries.by_id(announcement_id), ReasonForm()
    who = {"announcement": row, "station": station, "actor": actor(), "now": now()}
    if accepted(form, writing.send_back, rules.NotNow, rules.NoReason, **who):
        flash(_("Returned. Its writers see what has to change."))
        return redirect(url_for("announcements.read", announcement_id=announcement_id), 303)
    row = queries.by_id(announcement_id)
    return render_template("announcements/end.html", form=form, row=row, back=True), status(form)

"""A party's own published meetings: as a calendar file, taken back, and the slots it can no longer keep."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.roadshows import calendar
from listing.roadshows import rules as shows
from listing.roadshows.forms import Button
from listing.roadshows.meetings import queries, rules
from listing.roadshows.meetings.calendar import entries
from listing.roadshows.meetings.forms import TimesForm
from listing.roadshows.meetings.operations import cancelling, wishing
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import INVESTOR, STUDIO, bp, company_of, labels, place_of, presenter_of


@bp.get(f"{INVESTOR}.ics")
@requires(Permission.ROADSHOW_REGISTER)
def investor_ics(code: str, day_id: int):
    """The meetings of an investor on a day."""
    _show, found, _row = place_of(code, day_id)
    own = [meeting for meeting in queries.of_person(actor().user_id) if meeting.run.round is found]
    return calendar.answer(calendar.published(entries(own, rules.INVESTOR), now=now()), code)


@bp.get(f"{STUDIO}.ics")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def company_ics(slug: str, day_id: int):
    """The meetings of a company on a day."""
    own, found = presenter_of(slug, day_id)
    meetings = [meeting for meeting in queries.of_companies([own.id]) if meeting.run.round is found]
    return calendar.answer(calendar.published(entries(meetings, rules.COMPANY), now=now()), slug)


@bp.post(f"{INVESTOR}/<int:meeting_id>/cancel")
@requires(Permission.ROADSHOW_REGISTER)
def cancel_as_investor(code: str, day_id: int, meeting_id: int):
    """Take one of the investor's meetings back."""
    _show, _found, row = place_of(code, day_id)
    meeting = queries.meeting_of(day_id, meeting_id) or abort(404)
    if row is None or meeting.registration_id != row.id:
        abort(404)
    return _cancelled(meeting, rules.INVESTOR, url_for("meetings.investor", code=code, day_id=day_id))


@bp.post(f"{STUDIO}/<int:meeting_id>/cancel")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def cancel_as_company(slug: str, day_id: int, meeting_id: int):
    """Take one of the company's meetings back."""
    own, _found = presenter_of(slug, day_id)
    meeting = queries.meeting_of(day_id, meeting_id) or abort(404)
    if meeting.company_id != own.id:
        abort(404)
    return _cancelled(meeting, rules.COMPANY, url_for("meetings.company", slug=slug, day_id=day_id))


@bp.post(f"{INVESTOR}/times")
@requires(Permission.ROADSHOW_REGISTER)
def investor_times(code: str, day_id: int):
    """Say anew when the investor can meet."""
    _show, found, row = place_of(code, day_id)
    party = queries.party(found, registration_id=row.id) if row else None
    return _anew(found, party or abort(404), url_for("meetings.investor", code=code, day_id=day_id))


@bp.post(f"{STUDIO}/times")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def company_times(slug: str, day_id: int):
    """Say anew when the company can meet."""
    own, found = presenter_of(slug, day_id)
    party = queries.party(found, company_id=own.id) or abort(404)
    return _anew(found, party, url_for("meetings.company", slug=slug, day_id=day_id))


def _anew(found, party, there: str):
    form = TimesForm(slots=labels(found))
    if accepted(form, wishing.change_times, shows.NotNow, party=party, actor=actor(), now=now()):
        flash(_("The organiser reads this. Your meetings stand until you are told of a change."))
    else:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(there, 303)


def _cancelled(meeting, side: str, there: str):
    form, said = Button(), {"meeting": meeting, "side": side, "actor": actor(), "now": now()}
    if accepted(form, cancelling.cancel, shows.NotNow, **said):
        flash(_("The meeting is cancelled, and the other side is told."))
    else:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(there, 303)

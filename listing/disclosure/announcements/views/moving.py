"""The page on which whoever signs moves the embargo of what is signed."""

from flask import render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.freshness import fresh
from listing.calendars import OutsideCalendar
from listing.disclosure.announcements import embargo, queries, rules
from listing.disclosure.announcements.embargo_form import MoveForm
from listing.disclosure.announcements.operations import moving
from listing.refusal import Refusal
from listing.web.page import now, words
from listing.web.turn import created

from .blueprint import PATH, bp, written_for
from .showing import status
from .writing import EMBARGO

STATE = (rules.NotNow, embargo.Released, embargo.Begun, embargo.NoEmbargo)
TYPED = (rules.NoReason, embargo.Missing, embargo.Unmoved, embargo.OthersSigned, embargo.TooLate)
REFUSALS = (*STATE, *TYPED, *EMBARGO, rules.WroteIt, OutsideCalendar)


@bp.route(f"{PATH}/embargo", methods=["GET", "POST"])
@fresh
@requires(Permission.ANNOUNCEMENT_EMBARGO, subject=written_for)
def move_embargo(announcement_id: int):
    """Move the embargo with the reason, or read why it cannot be moved any more."""
    row = queries.by_id(announcement_id)
    form = MoveForm(data=embargo.typed_of(row.not_before, row.not_before_zone))
    there = url_for("announcements.read", announcement_id=announcement_id)
    who = {"announcement": row, "actor": actor(), "now": now()}
    answer = created(form, moving.move, *REFUSALS, then=lambda _row: there, **who)
    if answer is not None:
        return answer
    row = queries.by_id(announcement_id)
    barred = _barred(row)
    signed = None if barred else moving.as_signed(row)
    return render_template("announcements/embargo.html", form=form, row=row, barred=barred, signed=signed), status(form)


def _barred(row) -> str | None:
    """Why it cannot be moved by this person, in the reader's language."""
    try:
        moving.look_movable(row, now())
        rules.may_sign(actor().user_id, row.writers)
    except Refusal as refusal:
        return words(refusal)
    return None

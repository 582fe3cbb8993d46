"""The platform's pages of an emergency: what waits for a window, asking for its release now, another's answer."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts.freshness import fresh
from listing.companies import queries as companies
from listing.disclosure.announcements import overrides, queries, rules, under_review
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.forms import OverrideForm
from listing.disclosure.announcements.operations import overriding, releasing
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import bp
from .showing import passages_of, status

HOME = "/<ui:lang>/review/announcements/queued"
ONE = f"{HOME}/<int:announcement_id>"
RELEASE, LEAVE = "release", "leave"
REFUSALS = (
    rules.NotNow,
    rules.Embargoed,
    rules.HasPart,
    rules.NoReasons,
    rules.ReasonsDiffer,
    rules.StandsNoMore,
    rules.AsksAlready,
)
ANSWERED = (rules.NotNow, rules.Embargoed, rules.HasPart, rules.SecondPerson, rules.NotOnDisplay, rules.StandsNoMore)


@bp.get(HOME)
@requires(Permission.ANNOUNCEMENT_REVIEW)
def queued():
    """What waits for a window; what its company holds back is not among it. Also what closed of one's own requests."""
    lines, closed = overrides.lines(actor(), now()), overrides.own_closed(actor(), now())
    return render_template("announcements/queued.html", lines=lines, closed=closed, categories=categories())


@bp.route(ONE, methods=["GET", "POST"])
@fresh
@requires(Permission.ANNOUNCEMENT_REVIEW)
def override(announcement_id: int):
    """One announcement that waits for its window, and asking for its release now; or why nobody has to answer."""
    row, form = _there(announcement_id), OverrideForm()
    if overrides.waits(row, now()):
        there = url_for("announcements.queued")
        who = {"announcement": row, "actor": actor(), "now": now()}
        answer = created(form, overriding.ask, *REFUSALS, then=lambda _made: there, **who)
        if answer is not None:
            flash(_("Asked for. A supervisor who is another person answers."))
            return answer
        row = _there(announcement_id)
    closed = overrides.closed_of(row)
    if not overrides.waits(row, now()):  # nor, perhaps, since it was asked for
        return render_template("announcements/override_closed.html", closed=closed)
    page = {"row": row, "asked": overrides.open_of(row.id), "company": companies.by_id(row.company_id)}
    page |= {"closed": closed, "stands": releasing.holds_today(row, now()), "no_more": rules.StandsNoMore.message}
    page |= {"passages": passages_of(row), "answers": may(Permission.ANNOUNCEMENT_OVERRIDE), "me": actor().user_id}
    return render_template("announcements/override.html", form=form, **page), status(form)


def _there(announcement_id: int):
    """What waits for a window, or was asked for, for somebody who has no part in it; anything else is not there."""
    row = queries.by_id(announcement_id) or abort(404)
    if not overrides.waits(row, now()) and overrides.closed_of(row) is None:
        abort(404)
    return row if under_review.is_apart(row, actor()) else abort(403)


@bp.route(f"{ONE}/<answer>", methods=["GET", "POST"])
@fresh
@requires(Permission.ANNOUNCEMENT_OVERRIDE)
def answer_override(announcement_id: int, answer: str):
    """Release it now, or leave it to its window; after the password was asked for the page is there again."""
    if answer not in (RELEASE, LEAVE):
        abort(404)
    if request.method == "GET":
        return redirect(url_for("announcements.override", announcement_id=announcement_id))
    asked, form = overrides.open_of(announcement_id) or abort(404), Form()
    who = {"override": asked, "take": answer == RELEASE, "actor": actor(), "now": now()}
    if accepted(form, overriding.answer, *ANSWERED, **who):
        flash(_("Released now.") if answer == RELEASE else _("It is left to its window."))
    else:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("announcements.queued"), 303)

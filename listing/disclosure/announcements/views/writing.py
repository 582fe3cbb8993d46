"""The enterprise's pages: its announcements, writing one or a correction, and sending it to whoever signs."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing import localtime
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts.rules import NEAR_ZONES
from listing.companies import queries as companies
from listing.disclosure.announcements import embargo, endorsers, headlines, queries, roles, rules, visibility
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.forms import NewForm, ReasonForm, SendForm, WriteForm, noted, typed_of
from listing.disclosure.announcements.operations import withdrawing, writing
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import OWN, PATH, bp, company_of, plan, spoken_for, written_for
from .showing import status, the_page

EMBARGO = (embargo.Half, embargo.Passed, embargo.TooFar, localtime.Skipped, localtime.Repeated)
HEADLINE = (headlines.NoSuchHeadline, headlines.OtherHeadline)
CHOSEN = (roles.NoChoice, roles.NotMandated, visibility.TooNarrow)


@bp.get(OWN)
@requires(Permission.ANNOUNCEMENT_VIEW, subject=spoken_for)
def own(slug: str):
    """What a company writes and what it released."""
    company = company_of(slug)
    rows = queries.of_company(company.id)
    return render_template(
        "announcements/own.html",
        company=company,
        rows=rows,
        numbers=queries.numbers([row.id for row in rows]),
        categories=categories(),
        headlines=headlines.sheet().headlines,
        writes=may(Permission.ANNOUNCEMENT_EDIT, spoken_for(slug)),
        names_agents=may(Permission.ANNOUNCEMENT_MANDATE, company),
        plan=plan(),
    )


@bp.route(f"{OWN}/new", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=spoken_for)
def new(slug: str):
    """Begin an announcement, or the correction of the one that ``corrects`` names."""
    company = company_of(slug)
    corrects = _corrects(company)
    if corrects and corrects.form:
        abort(404)  # corrected by its form alone
    shown = typed_of(corrects) if corrects else {"prevailing": _prevailing(company)}
    shown |= _clocks()
    form = NewForm(correction=corrects is not None, agents=endorsers.offered(company.id), data=shown)
    answer = created(
        form,
        writing.begin,
        rules.AlreadyCorrected,
        *EMBARGO,
        *HEADLINE,
        *CHOSEN,
        then=lambda row: url_for("announcements.read", announcement_id=row.id),
        company=company,
        corrects=corrects,
        actor=actor(),
        now=now(),
    )
    if answer is not None:
        return answer
    return render_template("announcements/write.html", form=form, company=company, corrects=corrects, row=None), status(
        form
    )


def _corrects(company):
    """The release that is to be corrected; 404 for that of another company."""
    number = request.args.get("corrects", "")
    if not number:
        return None
    found = queries.release(number.replace("\0", ""))
    return found if found and found.company_id == company.id else abort(404)


def _clocks() -> dict:
    """The clocks by which an embargo is typed first: those of the person who writes."""
    return {"not_before_zone": actor().zone} if actor().zone in NEAR_ZONES else {}


def _prevailing(company) -> str:
    return company.prevailing if company.prevailing in rules.SIDES else "zh"


@bp.route(f"{PATH}/edit", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def edit(announcement_id: int):
    """Go on writing a draft."""
    row = queries.by_id(announcement_id)
    if row.form:
        abort(404)  # filled in anew instead
    shown = _clocks() | typed_of(row) | noted(row.note) | {"version": row.version}
    shown |= embargo.typed_of(row.not_before, row.not_before_zone)
    agents = endorsers.offered(row.company_id)
    # One that may be chosen no more is none: the page has no field in which to say so.
    shown |= {"intermediary_id": next((str(one.id) for one in agents or () if one.id == row.intermediary_id), "")}
    form = WriteForm(correction=row.corrects_id is not None, agents=agents, data=shown)
    refusals = (rules.NotNow, rules.ChangedMeanwhile, *EMBARGO, *HEADLINE, *CHOSEN)
    if accepted(form, writing.save, *refusals, announcement=row, **_who()):
        flash(_("Saved."))
        return redirect(url_for("announcements.read", announcement_id=row.id), 303)
    row = queries.by_id(announcement_id)
    company, corrects = companies.by_id(row.company_id), queries.release_by_id(row.corrects_id)
    return render_template("announcements/write.html", form=form, company=company, corrects=corrects, row=row), status(
        form
    )


@bp.get(PATH)
@requires(Permission.ANNOUNCEMENT_VIEW, subject=written_for)
def read(announcement_id: int):
    """An announcement as it would be released, what holds it back, and what may be done next."""
    return the_page(queries.by_id(announcement_id))


@bp.post(f"{PATH}/send")
@requires(Permission.ANNOUNCEMENT_EDIT, subject=written_for)
def send(announcement_id: int):
    """Send a draft to those who sign."""
    row, form = queries.by_id(announcement_id), SendForm()
    refusals = (rules.NotNow, rules.ChangedSinceRead, rules.NotReady)
    if accepted(form, writing.send, *refusals, announcement=row, **_who()):
        flash(_("Sent. Another person in your enterprise who may sign has to check and sign it."))
        return redirect(url_for("announcements.read", announcement_id=announcement_id), 303)
    return the_page(queries.by_id(announcement_id), send=form)


@bp.route(f"{PATH}/withdraw", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_WITHDRAW, subject=written_for)
def withdraw(announcement_id: int):
    """End an announcement that is not released yet, with the reason."""
    row, form = queries.by_id(announcement_id), ReasonForm()
    if accepted(form, withdrawing.withdraw, rules.NotNow, rules.NoReason, announcement=row, **_who()):
        flash(_("Withdrawn. It will not be released."))
        return redirect(url_for("announcements.read", announcement_id=announcement_id), 303)
    row = queries.by_id(announcement_id)
    return render_template("announcements/end.html", form=form, row=row, back=False), status(form)


def _who() -> dict:
    return {"actor": actor(), "now": now()}

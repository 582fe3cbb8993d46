"""The enterprise's pages: what is due, one obligation and filing for it, an event, the application for a tier."""

from flask import abort, flash, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts.rules import HostileText
from listing.disclosure import standards
from listing.files import queries as stored
from listing.files import serving
from listing.files.rules import Unfit
from listing.web.page import language, now
from listing.web.turn import created

from .. import queries, rules, wording
from ..forms import EventForm, FilingForm, TierForm
from ..operations import filing, tiers
from .blueprint import bp, company_of

HOME = "/<ui:lang>/studio/companies/<slug>/obligations"
ONE = f"{HOME}/<key>"


@bp.get(HOME)
@requires(Permission.DISCLOSURE_VIEW, subject=company_of)
def index(slug: str):
    """What the company owes: late, due, upcoming, and what is met or waived."""
    company = company_of(slug)
    return render_template(
        "obligations/index.html",
        company=company,
        calendar=queries.calendar(company, now()),
        asked=queries.last_request(company.id),
        may_file=may(Permission.DISCLOSURE_FILE, company),
        rules=rules,
        wording=wording,
    )


@bp.route(f"{HOME}/tier", methods=["GET", "POST"])
@requires(Permission.DISCLOSURE_FILE, subject=company_of)
def tier(slug: str):
    """Apply for a tier."""
    company, form = company_of(slug), TierForm()
    calendar = queries.calendar(company, now())
    standard = standards.answered_on(calendar.today)
    form.offer(standard)
    if not form.is_submitted():
        form.year_end.data = calendar.tenure.year_end if calendar.tenure else 12
    refusals = (rules.SameTier, rules.RequestWaits, HostileText)
    there = url_for("obligations.index", slug=slug)
    who = {"company": company, "actor": actor(), "now": now()}
    answer = created(form, tiers.apply, *refusals, then=lambda _request: there, **who)
    if answer is not None:
        flash(_("Your application was sent. A reviewer decides it; you are told by e-mail."))
        return answer
    about = {"company": company_of(slug), "calendar": calendar, "standard": standard, "form": form}
    together = rules.with_application(standard)
    return render_template("obligations/tier.html", **about, together=together), _status(form)


@bp.route(f"{HOME}/events", methods=["GET", "POST"])
@requires(Permission.DISCLOSURE_FILE, subject=company_of)
def event(slug: str):
    """Note that something happened, or is planned, that makes something due."""
    company, form = company_of(slug), EventForm()
    calendar = queries.calendar(company, now())
    if calendar.tenure is None:
        abort(404)
    form.offer(calendar.now_held)
    refusals = (rules.NoTier, rules.InTheFuture, rules.TooLongAgo, rules.NoCode, HostileText)
    there = url_for("obligations.index", slug=slug)
    who = {"company": company, "actor": actor(), "now": now()}
    answer = created(form, filing.note_event, *refusals, then=lambda _event: there, **who)
    if answer is not None:
        flash(_("Noted. The list says what is due because of it."))
        return answer
    return render_template("obligations/event.html", company=company_of(slug), form=form), _status(form)


@bp.get(ONE)
@requires(Permission.DISCLOSURE_VIEW, subject=company_of)
def show(slug: str, key: str):
    """One obligation: why then, and what was filed for it or may be."""
    form = FilingForm()
    form.dated.data = queries.calendar(company_of(slug), now()).today
    return _one(slug, key, form)


@bp.post(ONE)
@requires(Permission.DISCLOSURE_FILE, subject=company_of)
def file(slug: str, key: str):
    """File for an obligation."""
    company, form = company_of(slug), FilingForm()
    refusals = (rules.AlreadyFiled, rules.UnknownNumber, rules.NotYet, rules.InTheFuture)
    refusals += (rules.NothingFiled, rules.NothingSaid)
    if queries.calendar(company, now()).line(key) is None:
        abort(404)
    there = url_for("obligations.show", slug=slug, key=key)
    who = {"company": company, "key": key, "actor": actor(), "now": now()}
    answer = created(form, filing.file, *refusals, HostileText, Unfit, then=lambda _filing: there, **who)
    return answer if answer is not None else _one(slug, key, form)


def _one(slug: str, key: str, form: FilingForm):
    company = company_of(slug)
    calendar = queries.calendar(company, now())
    line = calendar.line(key) or abort(404)
    return render_template(
        "obligations/show.html",
        company=company,
        line=line,
        about=wording.about(line, calendar.event(key), language()),
        release=calendar.release(line.owed),
        filing=(found := calendar.filing(key)),
        stored=stored.get(found.file_id) if found and found.file_id else None,
        marks=calendar.marks_of(key),
        form=form,
        may_file=may(Permission.DISCLOSURE_FILE, company),
        wording=wording,
    ), _status(form)


@bp.get(f"{ONE}/document")
@requires(Permission.DISCLOSURE_VIEW, subject=company_of)
def document(slug: str, key: str):
    """Hand out the document that was filed."""
    found = queries.calendar(company_of(slug), now()).filing(key)
    return serving.download((stored.get(found.file_id) if found and found.file_id else None) or abort(404))


def _status(form) -> int:
    return 422 if form.errors or form.form_errors else 200

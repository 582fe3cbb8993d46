"""The reviewer's pages: what waits, an application for a tier, a company's calendar, waivers, steps of the ladder."""

from flask import abort, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.rules import HostileText
from listing.companies import queries as companies
from listing.companies import rows
from listing.disclosure import standards
from listing.files import queries as stored
from listing.files import serving
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .. import ladder, queries, rules, wording
from ..forms import DecideForm, StepForm, WaiverForm
from ..operations import lateness, tiers
from .blueprint import bp, company_of

HOME = "/<ui:lang>/review/disclosure"
COMPANY = f"{HOME}/companies/<slug>"
ONE = f"{COMPANY}/<key>"
BATCH = 500


@bp.get(HOME)
@requires(Permission.DISCLOSURE_REVIEW)
def overview():
    """The applications for a tier that wait, and the steps of the ladder that wait for a person."""
    waiting = queries.waiting()
    named = {company.id: company for company in rows.of_ids([row.company_id for row in waiting])}
    return render_template(
        "obligations/overview.html",
        waiting=waiting,
        companies=named,
        steps=[(calendar, step) for calendar in queries.in_tiers(now(), batch=BATCH) for step in calendar.undecided],
        wording=wording,
    )


@bp.route(f"{HOME}/tiers/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.DISCLOSURE_REVIEW)
def decide(request_id: int):
    """One application for a tier: what it asks for, what the company owes, and the decision."""
    asked, form = queries.request(request_id) or abort(404), DecideForm()
    company = companies.by_id(asked.company_id)
    refusals = (rules.SamePerson, rules.NoReason, rules.Decided, HostileText)
    who = {"request": asked, "company": company, "actor": actor(), "now": now()}
    if accepted(form, _decided, *refusals, **who):
        return redirect(url_for("obligations.decide", request_id=request_id), 303)
    asked = queries.request(request_id)
    return render_template(
        "obligations/decide.html",
        asked=asked,
        company=companies.by_id(asked.company_id),
        calendar=queries.calendar(companies.by_id(asked.company_id), now()),
        standard=standards.published()[asked.version],
        form=form,
        me=actor().user_id,
        wording=wording,
    ), 422 if form.errors or form.form_errors else 200


def _decided(*, answer: str, **arguments):
    return tiers.decide(granted=answer == "grant", **arguments)


@bp.get(COMPANY)
@requires(Permission.DISCLOSURE_REVIEW)
def company(slug: str):
    """What one company owes, filed and was waived, and what was decided of it."""
    calendar = queries.calendar(company_of(slug), now())
    return render_template("obligations/company.html", calendar=calendar, company=calendar.company, wording=wording)


@bp.get(ONE)
@requires(Permission.DISCLOSURE_REVIEW)
def one(slug: str, key: str):
    """One obligation as the reviewer sees it."""
    return _page(slug, key)


def _page(slug: str, key: str, **forms):
    calendar = queries.calendar(company_of(slug), now())
    line, filed = calendar.line(key) or abort(404), calendar.filing(key)
    shown = {"waiver_form": WaiverForm(formdata=None), "step_form": StepForm(formdata=None)} | forms
    page = render_template(
        "obligations/one.html",
        calendar=calendar,
        company=calendar.company,
        line=line,
        about=wording.about(line, calendar.event(key), language()),
        filing=filed,
        release=calendar.release(line.owed),
        stored=stored.get(filed.file_id) if filed and filed.file_id else None,
        waivers=[row for row in calendar.waivers if row.key == key],
        measures=[row for row in calendar.measures if row.key == key],
        steps=[step for step in calendar.undecided if step.line.owed.key == key],
        me=actor().user_id,
        ladder=ladder,
        wording=wording,
        **shown,
    )
    return page, 422 if forms else 200


@bp.post(f"{ONE}/waive")
@requires(Permission.DISCLOSURE_REVIEW)
def waive(slug: str, key: str):
    """Let an obligation wait until a day."""
    found, form = company_of(slug), WaiverForm()
    if queries.calendar(found, now()).line(key) is None:
        abort(404)
    refusals = (rules.AlreadyFiled, rules.NotAhead, rules.NoReason, HostileText)
    there = url_for("obligations.one", slug=slug, key=key)
    who = {"company": found, "key": key, "actor": actor(), "now": now()}
    answer = created(form, lateness.waive, *refusals, then=lambda _waiver: there, **who)
    return answer if answer is not None else _page(slug, key, waiver_form=form)


@bp.post(f"{ONE}/steps/<rung>")
@requires(Permission.DISCLOSURE_REVIEW)
def take(slug: str, key: str, rung: str):
    """Take or decline a step that was reached, as the first person or the second."""
    calendar, form = queries.calendar(company_of(slug), now()), StepForm()
    reached = next((each for each in calendar.steps if each.place[:2] == (key, rung)), None) or abort(404)
    refusals = (ladder.NotReached, ladder.SecondPerson, ladder.SupervisorOnly, rules.NoReason, HostileText)
    who = {"company": calendar.company, "step": reached, "actor": actor(), "now": now()}
    if accepted(form, _taken, *refusals, measure=calendar.measure(reached), **who):
        return redirect(url_for("obligations.overview"), 303)
    return _page(slug, key, step_form=form)


def _taken(*, answer: str, words: str, measure, **arguments):
    take = answer == "take"
    if measure and measure.verdict == ladder.WAITS:
        return lateness.answer(measure=measure, take=take, **arguments)
    return lateness.decide(take=take, reason=words, **arguments)


@bp.get(f"{ONE}/document")
@requires(Permission.DISCLOSURE_REVIEW)
def filed(slug: str, key: str):
    """Hand out the document that was filed."""
    found = queries.calendar(company_of(slug), now()).filing(key)
    return serving.download((stored.get(found.file_id) if found and found.file_id else None) or abort(404))

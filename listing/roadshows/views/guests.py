"""The organizer's pages about people: who is registered, who waits, who is let in."""

from operator import attrgetter, itemgetter

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.roadshows import following, lists, queries, rules, waiting
from listing.roadshows.forms import MODE_LABELS, Button, ReasonForm
from listing.roadshows.operations import seating
from listing.web import exports, paging
from listing.web.page import now
from listing.web.turn import accepted

from . import limits
from .blueprint import PATH, asked_day, managing, of_address

FOLLOWED = (
    "day",
    "person",
    "institution_zh",
    "institution_en",
    "mode",
    "attended_at",
    "minutes",
    "company_zh",
    "company_en",
    "planned",
    "asked",
    "answered",
    "score",
    "follow_up",
)
COLUMNS = ("mode", "state", "party", "applied_at", "attended_at", "interpretation", "needs")


@managing.get(f"{PATH}/people")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def people(roadshow_id: int):
    """Who is registered for one day, and in which order others wait, a page at a time."""
    show = queries.by_id(roadshow_id)
    day = asked_day(show)
    page = lists.people(day.id, after=paging.after_number()) if day else lists.Page([], None)
    return render_template(
        "roadshows/people.html",
        show=show,
        day=day,
        page=page,
        persons=accounts.people({row.account_id for row in page.rows}),
        organisations=accounts.organisations({row.organisation_id for row in page.rows}),
        modes=MODE_LABELS,
        form=ReasonForm(),
        grades=limits.grades(),
        waits=waiting.count(day.id) if day else 0,
        at=now(),
    )


@managing.get(f"{PATH}/people.csv")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def people_csv(roadshow_id: int):
    """Everybody who registered, and who came, for spreadsheets; without addresses, which are for the outbox alone."""
    show = queries.by_id(roadshow_id)
    rows = queries.registrations(show)
    persons = accounts.people({row.account_id for row in rows})
    organisations = accounts.organisations({row.organisation_id for row in rows})
    dates = {day.id: day.date for day in show.days}  # looked up now: what is streamed later has no database any more
    columns = [
        exports.Column("day", lambda row: dates[row.day_id]),
        exports.Column("person", lambda row: persons[row.account_id].name),
        exports.Column("institution_zh", lambda row: organisations[row.organisation_id].name_zh),
        exports.Column("institution_en", lambda row: organisations[row.organisation_id].name_en),
        *(exports.Column(name, attrgetter(name)) for name in COLUMNS),
    ]
    return exports.as_csv(rows, columns, name=f"{show.code}.csv")


@managing.get(f"{PATH}/follow-up.csv")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def follow_up(roadshow_id: int):
    """Everybody with a place, who came and for how long, and what they planned and asked of which company."""
    show = queries.by_id(roadshow_id)
    rows = following.rows(show)
    persons = accounts.people({row.registration.account_id for row in rows})
    organisations = accounts.organisations({row.registration.organisation_id for row in rows})
    companies = presentable.of({row.company_id for row in rows if row.company_id})
    lines = [  # looked up now: what is streamed later has no database any more
        (
            row.registration.day.date,
            persons[row.registration.account_id].name,
            organisations[row.registration.organisation_id].name_zh,
            organisations[row.registration.organisation_id].name_en,
            row.registration.mode,
            row.registration.attended_at,
            row.minutes,
            companies[row.company_id].name.zh if row.company_id else "",
            companies[row.company_id].name.en if row.company_id else "",
            row.planned,
            row.asked,
            row.answered,
            row.score,
            row.follow_up,
        )
        for row in rows
    ]
    columns = [exports.Column(name, itemgetter(at)) for at, name in enumerate(FOLLOWED)]
    return exports.as_csv(lines, columns, name=f"{show.code}-follow-up.csv")


@managing.post(f"{PATH}/people/<int:registration_id>/<any(approve, decline):answer>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def decide(roadshow_id: int, registration_id: int, answer: str):
    """Let somebody in who applied, or not."""
    operation = {"approve": seating.approve, "decline": seating.decline}[answer]
    return _done(roadshow_id, registration_id, Button(), operation)


@managing.post(f"{PATH}/people/<int:registration_id>/first")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def promote(roadshow_id: int, registration_id: int):
    """Put somebody at the head of the waiting list, with a reason."""
    return _done(roadshow_id, registration_id, ReasonForm(), seating.promote)


def _done(roadshow_id: int, registration_id: int, form, operation):
    row = queries.registration_of(roadshow_id, registration_id) or abort(404)
    day_id = row.day_id
    if accepted(form, operation, rules.NotNow, rules.EndedAdmission, row=row, actor=actor(), now=now()) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("planning.people", roadshow_id=roadshow_id, day=day_id), 303)

"""An investor registers for a day, takes an offered place, and leaves."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.roadshows import agenda, attendance, attending, queries, queue, rules, waiting
from listing.roadshows.forms import MODE_LABELS, Button
from listing.roadshows.meetings import queries as meetings
from listing.roadshows.operations import seating
from listing.roadshows.register_form import register_form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from . import limits
from .blueprint import HOME, public
from .public import groups_of

_REFUSALS = (
    rules.NotOpen,
    rules.NotInvited,
    rules.NotAdmitted,
    rules.Withheld,
    rules.NotForClass,
    rules.NotForMarket,
    attendance.NotForSector,
    rules.NoSuchMode,
    rules.AlreadyIn,
    rules.WasDeclined,
    agenda.ChoiceClash,
    queue.TooManyColleagues,
    queue.NamedTwice,
    queue.NoColleague,
    queue.ColleagueIn,
    queue.ColleagueDeclined,
    queue.ColleagueNotInvited,
)


def _titles(day) -> list[tuple[int, str]]:
    """The sessions of a day as the form names them."""
    companies = presentable.of({s.company_id for s in day.shown if s.company_id})
    named = [(s, s.title if s.title.complete else companies[s.company_id].name) for s in day.shown]
    return [(session.id, name.shown(language()).text) for session, name in named]


@public.route(f"{HOME}/<code>/days/<int:day_id>", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_REGISTER)
def register(code: str, day_id: int):
    """Register for a day."""
    show = queries.shown(code) or abort(404)
    day = queries.day_of(show.id, day_id) or abort(404)
    modes = [(places.mode, MODE_LABELS[places.mode]) for places in day.places if places.capacity]
    only = {"mode": modes[0][0]} if len(modes) == 1 else None
    asked = {"sectors": limits.sectors(show.sectors), "colleagues": show.colleagues}
    form = register_form(modes=modes, sessions=_titles(day), data=only, **asked)
    answer = created(
        form,
        seating.apply,
        *_REFUSALS,
        then=lambda _row: url_for("roadshows.show", code=code, _anchor=f"day-{day.id}"),
        day=day,
        actor=actor(),
        now=now(),
    )
    if answer is not None:
        return answer
    day = queries.day_of(show.id, day_id) or abort(404)  # it may have been taken out meanwhile
    status = 422 if form.errors or form.form_errors else 200
    lacking = attending.lacking(show, actor())
    said = {"form": form, "show": show, "day": day, "places": day.places, "lacking": lacking, "labels": limits.labels()}
    said |= {"grades": limits.grades(), "ends": attending.own_ending(day, actor())}
    return render_template("roadshows/register.html", **said), status


@public.post(f"{HOME}/registrations/<int:registration_id>/accept")
@requires(Permission.ROADSHOW_REGISTER)
def accept(registration_id: int):
    """Take the place that is offered."""
    return _turn(registration_id, seating.accept, _("Your place is confirmed."))


@public.route(f"{HOME}/registrations/<int:registration_id>/leave", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_REGISTER)
def leave(registration_id: int):
    """Give the place back, or leave the waiting list, after it was said what that loses."""
    if request.method == "POST":
        return _turn(registration_id, seating.withdraw, _("You left. The place goes to the next person."))
    row = queries.own(registration_id, actor().user_id) or abort(404)
    if row.state not in rules.LIVE or row.attended_at or now() >= row.day.ends_at:
        return redirect(url_for("roadshows.show", code=row.day.roadshow.code, _anchor=f"day-{row.day_id}"))
    return render_template(
        "roadshows/leave.html",
        row=row,
        show=row.day.roadshow,
        position=waiting.position(row) if row.state == rules.WAITLISTED else None,
        along=groups_of([row]).get(row.id, []),
        meetings=row.state == rules.CONFIRMED and meetings.of_day(row.day_id) is not None,
        form=Button(),
        modes=MODE_LABELS,
    )


def _turn(registration_id: int, operation, said: str):
    row, form = queries.own(registration_id, actor().user_id) or abort(404), Button()
    code, day_id = row.day.roadshow.code, row.day_id
    done = accepted(form, operation, rules.NotNow, rules.OfferOver, rules.CameBefore, row=row, actor=actor(), now=now())
    if done is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    else:
        flash(said)
    return redirect(url_for("roadshows.show", code=code, _anchor=f"day-{day_id}"), 303)

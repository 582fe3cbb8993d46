"""The organizer's page about reminders: when they go, and what became of each person's."""

from flask import abort, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.notifications import queries as notices
from listing.roadshows import letters, lists, queries, rules
from listing.roadshows.forms import Button, ReminderForm
from listing.roadshows.operations import reminding
from listing.web import paging
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import PATH, asked_day, managing, of_address


def _due(show) -> list[tuple]:
    """Every reminder of every day with its time, the earliest first."""
    return sorted(((letters.due_at(day, r), day, r) for day in show.days for r in show.reminders), key=lambda d: d[0])


def _states(show, day, rows) -> list[tuple]:
    """Every message queued for these registrations: the person and its row of the outbox."""
    keys = {letters.reminder_key(row, day, rule): row for row in rows for rule in show.reminders}
    queued = notices.by_keys(keys)
    return [(row.account_id, queued[key]) for key, row in keys.items() if key in queued]


@managing.route(f"{PATH}/reminders", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def reminders(roadshow_id: int):
    """When people with a place are told, and what became of it; one more time is added here."""
    show, form = queries.by_id(roadshow_id), ReminderForm()
    refusals = (rules.NotNow, rules.TooFar, rules.ReminderKept)
    if accepted(form, reminding.add, *refusals, show=show, actor=actor(), now=now()):
        return redirect(url_for("planning.reminders", roadshow_id=roadshow_id), 303)
    day = asked_day(show)
    page = lists.people(day.id, after=paging.after_number(), states=(rules.CONFIRMED,)) if day else lists.Page([], None)
    return render_template(
        "roadshows/reminders.html",
        form=form,
        show=show,
        due=_due(show),
        day=day,
        last=page.last,
        sent=_states(show, day, page.rows),
        persons=accounts.people({row.account_id for row in page.rows}),
        at=now(),
    ), 422 if form.errors or form.form_errors else 200


@managing.post(f"{PATH}/reminders/<int:reminder_id>/remove")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def remove_reminder(roadshow_id: int, reminder_id: int):
    """Tell people at one time less."""
    show = queries.by_id(roadshow_id)
    rule = next((kept for kept in show.reminders if kept.id == reminder_id), None) or abort(404)
    accepted(Button(), reminding.remove, rules.NotNow, show=show, rule=rule, actor=actor(), now=now())
    return redirect(url_for("planning.reminders", roadshow_id=roadshow_id), 303)

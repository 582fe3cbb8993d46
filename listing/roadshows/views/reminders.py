"""The organizer's pages about reminders: when whom to tell, what each says, and what became of each person's."""

from collections import Counter
from itertools import islice

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.bilingual.language import LANGUAGES
from listing.notifications import queries as notices
from listing.notifications import render
from listing.roadshows import agenda, audiences, letters, queries, recipients, rules
from listing.roadshows.forms import Button
from listing.roadshows.lists import PEOPLE
from listing.roadshows.operations import reminding
from listing.roadshows.reminder_form import AUDIENCE_LABELS, ReminderForm
from listing.web import paging
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import PATH, asked_day, managing, of_address

_REFUSALS = (rules.NotNow, rules.TooFar, rules.ReminderKept, audiences.Misfit, audiences.NoInstant)


def _due(show) -> list[tuple]:
    """Every reminder of every day with its time, the earliest first."""
    every = [(recipients.times(day), day, rule) for day in show.days for rule in show.reminders]
    found = [(audiences.due(rule, times), day, rule) for times, day, rule in every if audiences.is_of(rule, times)]
    return sorted(found, key=lambda one: (one[0], one[1].id, one[2].id))


def _rule(show, reminder_id: int):
    return next((kept for kept in show.reminders if kept.id == reminder_id), None) or abort(404)


@managing.route(f"{PATH}/reminders", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def reminders(roadshow_id: int):
    """When people are told; one more time is added here."""
    show, form = queries.by_id(roadshow_id), ReminderForm()
    refusals = (*_REFUSALS, agenda.Skipped, agenda.Repeated)
    if accepted(form, reminding.add, *refusals, show=show, actor=actor(), now=now()):
        return redirect(url_for("planning.reminders", roadshow_id=roadshow_id), 303)
    show = queries.by_id(roadshow_id)
    said = {"form": form, "show": show, "due": _due(show), "audiences": AUDIENCE_LABELS, "at": now()}
    return render_template("roadshows/reminders.html", **said), 422 if form.errors or form.form_errors else 200


@managing.get(f"{PATH}/reminders/<int:reminder_id>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def reminder(roadshow_id: int, reminder_id: int):
    """One reminder of one day: what it says in each language, to how many, and what became of each person's."""
    show = queries.by_id(roadshow_id)
    rule, day = _rule(show, reminder_id), asked_day(show) or abort(404)
    every = {recipients.key(day, rule, each.mark): each for each in recipients.of(day, rule, now())}
    begins = paging.after_number() or 0
    shown = dict(islice(every.items(), begins, begins + PEOPLE))
    queued = notices.by_keys(shown)
    return render_template(
        "roadshows/reminder.html",
        show=show,
        rule=rule,
        day=day,
        due=audiences.due(rule, recipients.times(day)),
        audience=AUDIENCE_LABELS[rule.audience],
        total=len(every),
        by_language=Counter(each.to.language for each in every.values()),
        texts=_texts(day, rule),
        rows=[(each, queued.get(key)) for key, each in shown.items()],
        onward=begins + PEOPLE if begins + PEOPLE < len(every) else None,
        at=now(),
    )


def _texts(day, rule) -> list[tuple]:
    """What the reminder says, in each language."""
    show = day.roadshow
    thanks = (rule.audience, rule.anchor) == (audiences.CONFIRMED, audiences.END)
    found, asked = [], recipients.FEEDBACK if thanks else ""
    for code, language in LANGUAGES.items():
        data = letters.reminder(day, rule, code, f"/{code}/roadshows/{show.code}{asked}")
        found.append((language, render.preview("roadshow_reminder", data, name="…", language=code, zone=show.zone)))
    return found


@managing.post(f"{PATH}/reminders/<int:reminder_id>/days/<int:day_id>/retry")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def retry_reminder(roadshow_id: int, reminder_id: int, day_id: int):
    """Try again to send those of a reminder that failed."""
    show, form = queries.by_id(roadshow_id), Button()
    rule, day = _rule(show, reminder_id), queries.day_of(roadshow_id, day_id) or abort(404)
    said = {"show": show, "day": day, "rule": rule, "actor": actor(), "now": now()}
    again = accepted(form, reminding.retry, rules.NotNow, **said)
    if again is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    else:
        flash(ngettext("%(num)s letter is tried again.", "%(num)s letters are tried again.", again))
    return redirect(url_for("planning.reminder", roadshow_id=roadshow_id, reminder_id=reminder_id, day=day_id), 303)


@managing.post(f"{PATH}/reminders/<int:reminder_id>/remove")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def remove_reminder(roadshow_id: int, reminder_id: int):
    """Tell people at one time less."""
    show = queries.by_id(roadshow_id)
    rule = _rule(show, reminder_id)
    accepted(Button(), reminding.remove, rules.NotNow, show=show, rule=rule, actor=actor(), now=now())
    return redirect(url_for("planning.reminders", roadshow_id=roadshow_id), 303)

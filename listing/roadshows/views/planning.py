"""The organizer's pages about a roadshow as a whole: begun, described, checked, published, moved, cancelled."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import rules as accounts
from listing.companies import presentable
from listing.roadshows import agenda, queries, rules, workplaces
from listing.roadshows.fields import spread
from listing.roadshows.forms import LANGUAGE_LABELS, BasicsForm, Button, CancelForm, CopyForm, MoveForm, NewForm
from listing.roadshows.operations import cloning, planning, scheduling
from listing.roadshows.presenting import queries as presenting
from listing.web.page import now
from listing.web.turn import accepted, created

from . import limits
from .blueprint import DESK, PATH, managing, of_address

_BASICS = (rules.WindowReversed, agenda.Skipped, agenda.Repeated)


def _status(form) -> int:
    return 422 if form.errors or form.form_errors else 200


@managing.route(f"{DESK}/new", methods=["GET", "POST"])
@requires(Permission.EVENTS_ENTER)
def new():
    """Begin a roadshow for the organizer the reader plans for."""
    form = NewForm(**limits.choices(now().date()), zone="Asia/Hong_Kong")
    own = next((m for m in actor().memberships if m.kind == accounts.ORGANIZER and m.role != accounts.VIEWER), None)
    if own is None:
        return render_template("roadshows/viewer.html"), 403
    answer = created(
        form,
        planning.create,
        rules.CodeInUse,
        *_BASICS,
        then=lambda show: url_for("planning.show", roadshow_id=show.id),
        organisation_id=own.organisation_id,
        actor=actor(),
        now=now(),
    )
    return answer or (render_template("roadshows/basics.html", form=form, show=None), _status(form))


@managing.route(f"{PATH}/copy", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def copy(roadshow_id: int):
    """Draft another roadshow like this one."""
    show, form = queries.by_id(roadshow_id), CopyForm()
    answer = created(
        form,
        cloning.copy,
        rules.CodeInUse,
        agenda.Skipped,
        agenda.Repeated,
        then=lambda new: url_for("planning.show", roadshow_id=new.id),
        show=show,
        actor=actor(),
        now=now(),
    )
    return answer or (render_template("roadshows/copy.html", form=form, show=show), _status(form))


@managing.get(PATH)
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def show(roadshow_id: int):
    """One roadshow: what is missing, its days and sessions, and what can be done next."""
    return _page(queries.by_id(roadshow_id))


def _page(show, status=200, said=""):
    slots = {day.id: queries.slots(day) for day in show.days}
    sessions = [session for day in show.days for session in day.sessions]
    held = presenting.holding([session.id for session in sessions])
    short = {number for kept in slots.values() for number in agenda.short_breaks(kept)}
    return render_template(
        "roadshows/manage.html",
        show=show,
        said=said,
        standing=planning.standing(show, now()),
        missing=planning.missing(show),
        companies=presentable.of({s.company_id for s in sessions if s.company_id} | set(held.values())),
        held=held,
        agreed=sum(bool(s.company_id) for s in sessions),
        short=short,
        owed=queries.owed(show),
        outside={session.id: list(workplaces.outside(session, show.workplaces)) for session in sessions},
        languages_spoken=LANGUAGE_LABELS,
        form=Button(),
        at=now(),
        today=lambda day: show.state == rules.PUBLISHED and day.begins_at - rules.DOOR_OPENS <= now() < day.ends_at,
        registered=queries.registrations_count(show),
        planned=queries.planned(show),
    ), status


@managing.route(f"{PATH}/basics", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def change(roadshow_id: int):
    """Change what is said of a roadshow and who may attend."""
    show = queries.by_id(roadshow_id)
    window = {
        "opens": agenda.local(show.registration_opens_at, show.zone).replace(tzinfo=None),
        "closes": agenda.local(show.registration_closes_at, show.zone).replace(tzinfo=None),
    }
    names = ("zone", "approval", "markets", "classes", "sectors", "workplaces", "colleagues", "invitation_only")
    kept = {name: getattr(show, name) for name in names}
    said = spread(title=show.title, summary=show.summary) | {"invited": "\n".join(queries.invited(show))}
    said |= {f"priority_{place}": key for place, key in enumerate(show.priority, start=1)}
    form = BasicsForm(**limits.choices(now().date()), data=kept | window | said)
    if accepted(form, planning.change, rules.NotNow, *_BASICS, show=show, actor=actor(), now=now()):
        return redirect(url_for("planning.show", roadshow_id=roadshow_id), 303)
    return render_template("roadshows/basics.html", form=form, show=show), _status(form)


@managing.post(f"{PATH}/publish")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def publish(roadshow_id: int):
    """Show the roadshow to everybody."""
    return _button(roadshow_id, planning.publish, _("The roadshow is published."))


@managing.post(f"{PATH}/archive")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def archive(roadshow_id: int):
    """Put the roadshow away once it is over."""
    return _button(roadshow_id, planning.archive, _("The roadshow is archived."))


def _button(roadshow_id: int, operation, said: str):
    show, form = queries.by_id(roadshow_id), Button()
    if accepted(form, operation, rules.NotNow, rules.NotReady, rules.MaterialOwed, show=show, actor=actor(), now=now()):
        flash(said)
        return redirect(url_for("planning.show", roadshow_id=roadshow_id), 303)
    return _page(queries.by_id(roadshow_id), 422, " ".join(form.form_errors))


@managing.route(f"{PATH}/cancel", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def cancel(roadshow_id: int):
    """Call the roadshow off, with a reason."""
    show, form = queries.by_id(roadshow_id), CancelForm()
    if accepted(form, planning.cancel, rules.NotNow, rules.NoReason, show=show, actor=actor(), now=now()):
        flash(_("The roadshow is cancelled."))
        return redirect(url_for("planning.show", roadshow_id=roadshow_id), 303)
    told = queries.registered(show)
    return render_template("roadshows/cancel.html", form=form, show=show, told=told), _status(form)


@managing.route(f"{PATH}/move", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def move(roadshow_id: int):
    """Move the whole roadshow, and ask whether those registered are told."""
    show, form = queries.by_id(roadshow_id), MoveForm()
    refusals = (rules.NotNow, agenda.Reversed, agenda.Skipped, agenda.Repeated)
    there = url_for("planning.show", roadshow_id=roadshow_id)
    who = {"show": show, "actor": actor(), "now": now()}
    if answer := created(form, scheduling.move, *refusals, then=lambda _show: there, **who):
        flash(_("The roadshow was moved."))
        return answer
    told = queries.registered(show)
    return render_template("roadshows/move.html", form=form, show=queries.by_id(roadshow_id), told=told), _status(form)

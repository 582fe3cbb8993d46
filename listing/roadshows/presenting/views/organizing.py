"""The organizer's page of companies: who is planned, asked, agreed or declined, session by session."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.files import queries as stored
from listing.roadshows import agenda, queries
from listing.roadshows import rules as shows
from listing.roadshows.forms import Button
from listing.roadshows.presenting import queries as presenting
from listing.roadshows.presenting import rules
from listing.roadshows.presenting.forms import WRITTEN_LABELS, AskForm
from listing.roadshows.presenting.operations import inviting
from listing.roadshows.views.blueprint import PATH, managing, of_address
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import part_of

_ASKING = (shows.NotNow, rules.TooSoon, agenda.Skipped, agenda.Repeated)
_CLASHES = (agenda.RoomTaken, agenda.CompanyTaken, agenda.SpeakerTaken, agenda.OutsideDay)
_STEPS = (shows.NotNow, rules.NotFit, *_CLASHES)
_OPERATIONS = {"agreed": inviting.note, "back": inviting.withdraw, "substitute": inviting.plan_substitute}


@managing.route(f"{PATH}/companies", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def companies(roadshow_id: int):
    """Every session with the companies that were thought of for it; asks all that were not asked yet."""
    show, form = queries.by_id(roadshow_id), AskForm(data={"by": _proposed()})
    if asked := accepted(form, inviting.ask_all, *_ASKING, show=show, actor=actor(), now=now()):
        flash(_("Asked by e-mail: %(count)s", count=asked))
        return redirect(url_for("planning.companies", roadshow_id=roadshow_id), 303)
    return _page(queries.by_id(roadshow_id), form), 422 if form.errors or form.form_errors else 200


def _proposed():
    return (now() + rules.ANSWER_WITHIN).date()


def _page(show, form):
    sessions = [session for day in show.days for session in day.sessions]
    parts = presenting.of_sessions(sessions)
    brought = presenting.current(sessions)
    rows = [row for several in parts.values() for row in several]
    return render_template(
        "roadshows/presenting/companies.html",
        show=show,
        form=form,
        parts=parts,
        companies=presentable.of({n for row in rows for n in (row.company_id, row.substitute_id) if n}),
        brought=brought,
        files=stored.several([each.file_id for several in brought.values() for each in several]),
        written=WRITTEN_LABELS,
        due=rules.materials_due,
        planned=sum(row.state == rules.PLANNED for row in rows),
        away={row.id for row in rows if row.state == rules.PLANNED and not inviting.answers(row)},
        editable=show.state in (shows.DRAFT, shows.PUBLISHED),
        at=now(),
    )


@managing.post(f"{PATH}/companies/<int:presentation_id>/<any(agreed, back, substitute):turn>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def turn_company(roadshow_id: int, presentation_id: int, turn: str):
    """Note that a company agreed, let it go, or plan the one it named in its place."""
    row, form = part_of(roadshow_id, presentation_id), Button()
    if accepted(form, _OPERATIONS[turn], *_STEPS, row=row, actor=actor(), now=now()) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("planning.companies", roadshow_id=roadshow_id, _anchor=f"part-{presentation_id}"), 303)

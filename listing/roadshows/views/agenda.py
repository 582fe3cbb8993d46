"""The organizer's pages about days and sessions."""

from flask import abort, flash, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.roadshows import agenda, queries, rules
from listing.roadshows.fields import spread
from listing.roadshows.forms import Button, DayForm, SeenForm, SessionForm
from listing.roadshows.operations import scheduling
from listing.roadshows.presenting import queries as presenting
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import PATH, managing, of_address

_TIMES = (agenda.Reversed, agenda.Skipped, agenda.Repeated)
_DAY = (rules.NotNow, rules.TooMany, rules.DayTaken, rules.DayInUse, rules.BelowTaken, *_TIMES)
_CLASHES = (agenda.OutsideDay, agenda.RoomTaken, agenda.CompanyTaken, agenda.SpeakerTaken)
_SESSION = (rules.NotNow, rules.TooMany, rules.UnfitCompany, rules.Untitled, *_CLASHES, *_TIMES)


def _status(form) -> int:
    return 422 if form.errors or form.form_errors else 200


def _day(roadshow_id: int, day_id: int):
    """A day of the roadshow; asked again after a refusal, because somebody may have taken it out meanwhile."""
    return queries.day_of(roadshow_id, day_id) or abort(404)


def _session(roadshow_id: int, slot_id: int):
    return queries.session_of(roadshow_id, slot_id) or abort(404)


def _home(show, day=None) -> str:
    return url_for("planning.show", roadshow_id=show.id, _anchor=f"day-{day.id}" if day else None)


@managing.route(f"{PATH}/days/new", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def add_day(roadshow_id: int):
    """Add a day."""
    show, form = queries.by_id(roadshow_id), DayForm()
    answer = created(
        form, scheduling.add_day, *_DAY, then=lambda day: _home(show, day), show=show, actor=actor(), now=now()
    )
    return answer or (render_template("roadshows/day.html", form=form, show=show, day=None), _status(form))


@managing.route(f"{PATH}/days/<int:day_id>", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def change_day(roadshow_id: int, day_id: int):
    """Change a day, its venue or its places."""
    day = _day(roadshow_id, day_id)
    show, hours = day.roadshow, (day.begins_at, day.ends_at)
    begins, ends = (agenda.local(at, show.zone).time() for at in hours)
    places = {kept.mode: kept.capacity for kept in day.places}
    kept = {"date": day.date, "begins": begins, "ends": ends, "link": day.link}
    form = DayForm(data=kept | places | spread(venue=day.venue))
    if accepted(form, scheduling.change_day, *_DAY, day=day, actor=actor(), now=now()):
        return redirect(_home(show, day), 303)
    day = _day(roadshow_id, day_id)
    return render_template("roadshows/day.html", form=form, show=day.roadshow, day=day), _status(form)


@managing.post(f"{PATH}/days/<int:day_id>/remove")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def remove_day(roadshow_id: int, day_id: int):
    """Take a day out."""
    day = _day(roadshow_id, day_id)
    return _done(
        Button(), roadshow_id, None, scheduling.remove_day, rules.NotNow, rules.DayInUse, rules.SessionAsked, day=day
    )


def _done(form, roadshow_id: int, day_id: int | None, operation, *refusals, **kwargs):
    """A button that changes the agenda; a refusal is said on the page it leads back to."""
    if accepted(form, operation, *refusals, actor=actor(), now=now(), **kwargs) is None and form.form_errors:
        flash(" ".join(form.form_errors), "error")
    anchor = f"day-{day_id}" if day_id else None
    return redirect(url_for("planning.show", roadshow_id=roadshow_id, _anchor=anchor), 303)


def _companies(kept: int | None = None) -> tuple[list[tuple[int, str]], list]:
    """Who may be chosen, as the select shows it, and those who may not with the reason; ``kept`` was chosen before."""
    every, english = presentable.candidates(), language() == "en"
    names = {c.id: " / ".join((c.name.en, c.name.zh) if english else (c.name.zh, c.name.en)) for c in every}
    chosen = [(c.id, names[c.id]) for c in every if not c.reason or c.id == kept]
    return [(0, "–"), *chosen], [c for c in every if c.reason]


@managing.route(f"{PATH}/days/<int:day_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def add_session(roadshow_id: int, day_id: int):
    """Add a session to a day, by default after the last one."""
    day = _day(roadshow_id, day_id)
    companies, others = _companies()
    after = day.sessions[-1].ends_at + agenda.SHORTEST_BREAK if day.sessions else day.begins_at
    form = SessionForm(companies=companies, data={"begins": agenda.local(after, day.roadshow.zone).time()})
    answer = created(
        form,
        scheduling.keep_session,
        *_SESSION,
        then=lambda session: _home(session.day.roadshow, session.day),
        day=day,
        actor=actor(),
        now=now(),
    )
    return answer or (_session_page(form, _day(roadshow_id, day_id), None, others), _status(form))


def _session_page(form, day, session, others):
    return render_template(
        "roadshows/session.html", form=form, show=day.roadshow, day=day, session=session, others=others
    )


@managing.route(f"{PATH}/sessions/<int:slot_id>", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def change_session(roadshow_id: int, slot_id: int):
    """Change a session."""
    session = _session(roadshow_id, slot_id)
    held = presenting.standing_in(session)
    companies, others = _companies(held and held.company_id)
    kept = {
        "begins": agenda.local(session.begins_at, session.day.roadshow.zone).time(),
        "minutes": (session.ends_at - session.begins_at) // scheduling.MINUTE,
        "company_id": held.company_id if held else 0,
        "agreed": bool(session.company_id),
        "language": session.language,
        "interpreted": session.interpreted,
    }
    texts = spread(title=session.title, text=session.text, room=session.room)
    form = SessionForm(companies=companies, data=kept | texts)
    who = {"day": session.day, "session": session, "actor": actor(), "now": now()}
    if accepted(form, scheduling.keep_session, *_SESSION, **who):
        return redirect(_home(session.day.roadshow, session.day), 303)
    session = _session(roadshow_id, slot_id)
    return _session_page(form, session.day, session, others), _status(form)


@managing.post(f"{PATH}/sessions/<int:slot_id>/remove")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def remove_session(roadshow_id: int, slot_id: int):
    """Take a session out."""
    session = _session(roadshow_id, slot_id)
    refusals = (rules.NotNow, rules.SessionAsked)
    return _done(Button(), roadshow_id, session.day_id, scheduling.remove_session, *refusals, session=session)


@managing.post(f"{PATH}/sessions/<int:slot_id>/<any(earlier, later):way>")
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def swap(roadshow_id: int, slot_id: int, way: str):
    """Change places with the session before or after."""
    session = _session(roadshow_id, slot_id)
    said = {"session": session, "earlier": way == "earlier"}
    return _done(SeenForm(), roadshow_id, session.day_id, scheduling.swap, rules.NotNow, *_CLASHES, *_TIMES, **said)

"""Pages that renew themselves: what is on now and next, and how one's own registration stands.

Each such part of a page has an address of its own, which static/live.js asks while the page is looked at and which is
answered 304 as long as nothing changed. A part holds no form, so that nothing typed is ever replaced.
"""

from flask import Response, abort, make_response, render_template, request

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.roadshows import queries, rules, running, waiting
from listing.roadshows.forms import LANGUAGE_LABELS, MODE_LABELS
from listing.roadshows.operations import planning
from listing.roadshows.recording import shown as seen
from listing.web.page import now

from .blueprint import HOME, asked_day, public


def _part(template: str, **said) -> Response:
    """A part of a page, with the mark by which a browser knows that it has it already."""
    answer = make_response(render_template(template, **said))
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _programme(show) -> dict:
    day = asked_day(show)
    found = running.at(day.shown, now())
    shown = {session.id for session in found.on}
    questions = {n: rows for n, rows in seen.questions(show, actor()).items() if n in shown}
    return {
        "show": show,
        "day": day,
        "standing": planning.standing(show, now()),
        "programme": found,
        "questions": questions,
        "companies": presentable.of({s.company_id for s in (*found.on, *found.next) if s.company_id}),
        "languages_spoken": LANGUAGE_LABELS,
        "at": now(),
    }


@public.get(f"{HOME}/<code>/now")
@requires(Permission.PUBLIC)
def now_and_next(code: str):
    """What is on now and what comes next on a day, for a phone in the room; renews itself."""
    show = queries.shown(code) or abort(404)
    admitted = any(standing.open for standing in actor().standings)
    return render_template("roadshows/now.html", admitted=admitted, **_programme(show))


@public.get(f"{HOME}/<code>/now/part")
@requires(Permission.PUBLIC)
def now_part(code: str):
    """The part of that page that renews itself."""
    return _part("roadshows/_now.html", **_programme(queries.shown(code) or abort(404)))


@public.get(f"{HOME}/registrations/<int:registration_id>/standing")
@requires(Permission.ROADSHOW_REGISTER)
def standing_part(registration_id: int):
    """How one's own registration stands, as the page of the roadshow says it."""
    row = queries.own(registration_id, actor().user_id) or abort(404)
    position = waiting.position(row) if row.state == rules.WAITLISTED else None
    said = {"row": row, "show": row.day.roadshow, "position": position, "at": now(), "modes": MODE_LABELS}
    return _part("roadshows/_standing.html", **said)

"""The organizer's page for a letter to those who wait: written in both languages, read as it will be, then sent."""

from datetime import timedelta

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.bilingual.language import LANGUAGES
from listing.bilingual.unsound import Unsound
from listing.notifications import render
from listing.roadshows import letters, queries, queue, rules, sound, waiting
from listing.roadshows.forms import LetterForm
from listing.roadshows.operations import telling
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import PATH, managing, of_address

_REFUSALS = (rules.NotNow, Unsound, queue.NobodyToTell, queue.TooManyLetters)
_SHOWN = timedelta(days=90)


@managing.route(f"{PATH}/days/<int:day_id>/letter", methods=["GET", "POST"])
@requires(Permission.ROADSHOW_MANAGE, subject=of_address)
def letter(roadshow_id: int, day_id: int):
    """Write to those who wait for a place on a day."""
    day, form, step = queries.day_of(roadshow_id, day_id) or abort(404), LetterForm(), request.form.get("step")
    there = url_for("planning.people", roadshow_id=roadshow_id, day=day_id)
    if step == "send":
        answer = created(form, telling.tell, *_REFUSALS, then=lambda _n: there, day=day, actor=actor(), now=now())
        if answer is not None:
            flash(_("The letter is on its way to those who wait."))
            return answer
    seen = accepted(form, telling.preview, *_REFUSALS, day=day) if step == "preview" else None
    return _page(queries.day_of(roadshow_id, day_id) or abort(404), form, seen)


def _page(day, form, seen):
    """The boxes, or what was written as each reader will see it, with how many those are."""
    texts = [(each, _text(day, form, each.code)) for each in LANGUAGES.values()] if seen else []
    return render_template(
        "roadshows/letter.html",
        show=day.roadshow,
        day=day,
        form=form,
        seen=seen,
        texts=texts,
        doubts=sound.doubts(form.values()["text"]) if seen else [],
        waits=waiting.count(day.id),
        before=[each for each in waiting.letters(day.roadshow, since=now() - _SHOWN) if each.data["day"] == day.id],
    ), 422 if form.errors or form.form_errors else 200


def _text(day, form, language: str):
    data = letters.queue_letter(day, form.values()["text"], language)
    return render.preview("roadshow_queue", data, name="…", language=language, zone=day.roadshow.zone)

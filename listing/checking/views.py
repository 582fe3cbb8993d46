"""The page of the check: paste two texts, read what does not agree. Nothing but the count of checks is written."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.refusal import Refusal
from listing.store.db import db
from listing.web.page import language, now, words

from . import examples, marking, pace, rules
from .forms import CheckForm

bp = Blueprint("checking", __name__)


def _page(form: CheckForm, status: int = 200, **result: object) -> Response:
    shown = {"result": None, "example": False, "exchanged": False, **result}
    return make_response(render_template("checking/check.html", form=form, most=rules.MOST_CHARACTERS, **shown), status)


def _checked(zh: str, en: str) -> marking.Result:
    return marking.checked(zh, en, lead="en" if language() == "en" else "zh")


@bp.get("/<ui:lang>/check")
@requires(Permission.PUBLIC)
def ask():
    """The empty form, or an example that is already checked."""
    if "example" not in request.args:
        return _page(CheckForm())
    zh, en = examples.texts(language())
    form = CheckForm(formdata=None, data={"zh": zh, "en": en})
    return _page(form, result=_checked(zh, en), example=True)


@bp.post("/<ui:lang>/check")
@requires(Permission.PUBLIC)
def answer():
    """The two texts with what agrees and what does not."""
    form = CheckForm()
    pause = pace.pause(now())
    if pause:
        form.form_errors.append(
            _("Too many checks at once. Wait %(seconds)s seconds, then press again.", seconds=pause)
        )
        page = _page(form, 429)
        page.headers["Retry-After"] = str(pause)
        return page
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        texts = rules.ordered(form.zh.data, form.en.data)
    except Refusal as refusal:
        form.form_errors.append(words(refusal))
        return _page(form, 422)
    pace.count(now())
    db.session.commit()  # before the work, which must not hold the database
    form.zh.data, form.en.data = texts.zh, texts.en
    return _page(form, result=_checked(texts.zh, texts.en), exchanged=texts.exchanged)

"""Answering one page: saved as a whole or shown again as typed; of two who write, the second sees both texts."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing import calendars
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.admission import queries, rules
from listing.admission.operations import applying
from listing.admission.pages import pages
from listing.companies.sheets import Sheet
from listing.profiles import controls, kinds, reading, typing
from listing.web import interrupted
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import PATH, bp, of_address

NOT_TYPED = interrupted.NOT_TYPED | {"version"}


@bp.route(f"{PATH}/<key>", methods=["GET", "POST"])
@requires(Permission.ADMISSION_ANSWER, subject=of_address)
def edit(application_id: int, key: str):
    """Show a page to answer; save it, and go on or stay."""
    application, page = queries.application(application_id), pages().get(key) or abort(404)
    row = queries.answers(application, key)
    content = row.content if row else {}
    if request.method == "GET":
        return _shown(application, page, content)
    if request.form.get("go") == "keep":
        return _keep(row)
    typed, form = _typed(), Form()
    found = reading.read(page, typed, content, _setting())
    if found.errors:
        return _page(application, page, content, typed, form=form, errors=found.errors)
    version = _version()
    saved = accepted(
        form,
        applying.save,
        rules.ChangedMeanwhile,
        rules.NotNow,
        application=application,
        page=key,
        content=found.content,
        version=version,
        actor=actor(),
        now=now(),
    )
    if saved is None:
        return _again(application_id, page, typed, form, version)
    return _onward(application_id, page)


def _shown(application, page: Sheet, content):
    """The page as it was saved, or as its reader had typed it and not saved it yet."""
    kept = interrupted.found_here()
    if kept is None:
        return _page(application, page, content, typing.typed(page, content), form=Form())
    typed = {name: text for name, text in kept.items() if name not in NOT_TYPED}
    theirs = _newer(application, page, _number(kept.get("version", "0")))
    html, _status = _page(application, page, content, typed, form=Form(), theirs=theirs, kept=True)
    return html


def _keep(row):
    """Keep what is typed so far (204), also where somebody else saved another version meanwhile (409).

    What is older than one's own save is not kept: it may have been under way while that was saved.
    """
    newer = row is not None and row.version != _version()
    if not (newer and row.saved_by == actor().user_id) and not interrupted.keep_here():
        abort(422)
    return "", 409 if newer else 204


def _typed() -> dict[str, str]:
    """What was typed, by name; several ticks of one field as one text."""
    return {name: " ".join(values) for name, values in request.form.lists() if name not in NOT_TYPED}


def _version() -> int:
    return _number(request.form.get("version", "0"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _setting() -> kinds.Setting:
    today = now().astimezone(calendars.ZONES["HK"]).date()
    return kinds.Setting(by=actor().label, now=now(), today=today)


def _again(application_id: int, page: Sheet, typed: Mapping, form: Form, version: int):
    """The page as typed, with the refusal; and what somebody else saved meanwhile beside it."""
    application = queries.application(application_id)
    newer, theirs = queries.answers(application, page.id), _newer(application, page, version)
    return _page(application, page, newer.content if newer else {}, typed, form=form, theirs=theirs)


def _newer(application, page: Sheet, version: int):
    """What was saved since the writer began from ``version``."""
    saved = queries.answers(application, page.id)
    return saved if saved and saved.version != version else None


def _page(
    application,
    page: Sheet,
    content,
    typed,
    *,
    form: Form,
    errors: Mapping | None = None,
    theirs=None,
    kept: bool = False,
):
    found = controls.controls(page, controls.Page(language(), typed, content, errors or {}))
    refused = bool(errors or form.errors or form.form_errors)
    asked = [q for q in queries.questions(application) if q.page == page.id and not q.reply]
    html = render_template(
        "admission/page.html",
        application=application,
        page=page,
        controls=found,
        problems=controls.errors_of(found),
        saved=queries.answers(application, page.id),
        theirs=_beside(page, typed, theirs),
        questions=asked if application.state == rules.MORE_INFORMATION else [],
        asked=rules.QUESTIONS,
        form=form,
        errors=refused,
        kept=kept,
        editable=application.state in rules.EDITABLE,
    )
    return html, 409 if theirs else 422 if refused else 200


def _beside(page: Sheet, mine: Mapping[str, str], theirs) -> dict | None:
    """Where the answers somebody else saved differ from what was typed here: name, theirs, mine."""
    if theirs is None:
        return None
    saved = typing.typed(page, theirs.content)
    names = [name for name in {**saved, **mine} if not name.endswith(".id")]
    differing = [(n, saved.get(n, ""), mine.get(n, "")) for n in names if saved.get(n, "") != mine.get(n, "")]
    return {"by": theirs.saved_by_label, "at": theirs.saved_at, "differing": differing}


def _onward(application_id: int, page: Sheet):
    """To the next page, to the list after the last one, or back here."""
    if request.form.get("go") != "next":
        flash(_("Saved."))
        return redirect(url_for("admission.edit", application_id=application_id, key=page.id), 303)
    keys = list(pages())
    following = keys[keys.index(page.id) + 1 :]
    if not following:
        return redirect(url_for("admission.hub", application_id=application_id), 303)
    return redirect(url_for("admission.edit", application_id=application_id, key=following[0]), 303)
